package org.noports.api.access;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.Target;
import org.osgi.annotation.versioning.ProviderType;

/** Asks devices for access, from the client's side. */
@ProviderType
public interface AccessRequests {
  /**
   * Asks, and completes when the device has said that the request waits there. Fails with {@link
   * org.noports.api.DeviceOffline} if it says nothing, with {@link org.noports.api.SessionRefused}
   * if it says no, with {@link org.noports.api.PeerUnverified} or {@link
   * org.noports.api.PeerKeyChanged} if another says it.
   */
  CompletionStage<Asked> ask(
      AtSign self, DeviceAddress device, Target target, Duration length, String reason);

  /**
   * A request that waits at its device.
   *
   * @param wish what was asked for
   * @param granted completes with the end of the time that was granted; fails with {@link
   *     org.noports.api.SessionRefused} if it was denied. Whoever waits no longer cancels it; the
   *     request stays where it is
   */
  record Asked(AccessWish wish, CompletionStage<Instant> granted) {
    public Asked {
      requireNonNull(wish, "wish is null");
      requireNonNull(granted, "granted is null");
    }
  }
}
