package org.noports.api.access;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.SessionRefused;
import org.noports.api.StoreFailed;
import org.noports.api.ValueNotFound;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where requests for access wait until somebody grants them, on the machine of the device that they
 * are about. What is granted permits from then on, as one more {@link
 * org.noports.api.policy.PolicyEvaluator}: what any other forbids stays forbidden. All is kept on
 * the disk before a call returns; what a call says that the disk did not take has changed nothing,
 * but for {@link #deny}. Calls may wait for it: none is for an I/O loop.
 */
@ProviderType
public interface AccessDesk {
  /** Whether {@code client} may ask at all; all others are strangers, and are not answered. */
  boolean hears(AtSign client);

  /**
   * Takes a request that is proven to be its client's, and tells the client that it waits. The same
   * one again is answered again and changes nothing.
   *
   * @throws SessionRefused if there is no room, or it is asked for longer than is ever granted; the
   *     client is told
   */
  void take(AccessWish wish) throws SessionRefused, StoreFailed;

  /** Tells the client that what it asks for cannot be granted here. */
  void refuse(AccessWish wish, String why);

  /** What waits, and what is granted and not over, in the order in which it was asked for. */
  List<TimedAccess> all();

  /**
   * Grants what waits, from now on, and tells the client.
   *
   * @param id the request's, or how it begins if no other begins so
   * @param length instead of what was asked for; not longer than that, nor than the settings of
   *     today permit. Empty for the longest that both permit
   * @throws ValueNotFound if nothing of that id waits here
   * @throws SessionRefused if there is no room for more, or its client may not ask any more
   */
  TimedAccess approve(String id, Optional<Duration> length)
      throws ValueNotFound, SessionRefused, StoreFailed;

  /**
   * Denies what waits; withdraws what was granted, so that what runs by it ends.
   *
   * @param id as in {@link #approve}
   * @param why for the client, a {@link PlainLine}; empty for no reason
   * @throws StoreFailed if the disk did not take it: it is over all the same, and until the disk
   *     takes it a restart would bring it back
   */
  TimedAccess deny(String id, String why) throws ValueNotFound, StoreFailed;
}
