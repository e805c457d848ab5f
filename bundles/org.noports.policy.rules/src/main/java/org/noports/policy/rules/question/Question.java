package org.noports.policy.rules.question;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.policy.Observed;
import org.noports.api.policy.RequestKind;
import org.noports.api.tunnel.Level;

/**
 * The question that rules answer: one client, one device, one place. Of a name with several
 * addresses each is a question of its own.
 *
 * @param client who asks, as the atServer authenticated the message
 * @param device which device is asked
 * @param kind what for
 * @param endpoint where to; empty for pings and public keys, which go nowhere
 * @param level how the session is protected, once it is agreed
 * @param observed what the relay saw of the client
 * @param claimedZone what the client says of its place; nothing but its word
 * @param now when
 */
public record Question(
    AtSign client,
    AskedDevice device,
    RequestKind kind,
    Optional<Endpoint> endpoint,
    Optional<Level> level,
    Observed observed,
    Optional<String> claimedZone,
    Instant now) {
  /** Longer claims are as none: what a stranger writes must not cost more than this. */
  private static final int MOST_CLAIMED = 64;

  public Question {
    requireNonNull(client, "client is null");
    requireNonNull(device, "device is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(endpoint, "endpoint is null");
    requireNonNull(level, "level is null");
    requireNonNull(observed, "observed is null");
    requireNonNull(now, "now is null");
    claimedZone = claimedZone.filter(zone -> zone.length() <= MOST_CLAIMED);
  }

  /** Whether the session, as agreed, stands quantum computers; empty before it is agreed. */
  public Optional<Boolean> postQuantum() {
    return level.map(agreed -> agreed.compareTo(Level.L3) >= 0);
  }

  /** The same question when the links stand and the relay has told what it saw. */
  public Question seen(Observed nowSeen) {
    return new Question(client, device, kind, endpoint, level, nowSeen, claimedZone, now);
  }
}
