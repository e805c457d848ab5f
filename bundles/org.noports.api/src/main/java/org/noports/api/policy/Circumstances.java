package org.noports.api.policy;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.noports.api.tunnel.Level;

/**
 * What is known around an {@link AccessRequest} when it is decided on. What is empty is not known:
 * an evaluator must not take it for an answer that permits.
 *
 * @param deviceTags what the device's administrator says of it, beside its group
 * @param address the one address that the target's host has, and that will be dialled; of several,
 *     each is a question of its own
 * @param level how the session is, or will be, protected; {@link Level#L3} stands quantum computers
 * @param observed what the relay saw of the client
 * @param claimedZone what the client says of its place: nothing but its word
 * @param at when, by the clock of whoever enforces the answer
 */
public record Circumstances(
    Set<String> deviceTags,
    Optional<InetAddress> address,
    Optional<Level> level,
    Observed observed,
    Optional<String> claimedZone,
    Instant at) {
  public Circumstances {
    deviceTags = Set.copyOf(deviceTags);
    requireNonNull(address, "address is null");
    requireNonNull(level, "level is null");
    requireNonNull(observed, "observed is null");
    requireNonNull(claimedZone, "claimedZone is null");
    requireNonNull(at, "at is null");
  }

  /** Nothing is known but the time, and no link stands yet. */
  public static Circumstances at(Instant when) {
    return new Circumstances(
        Set.of(), Optional.empty(), Optional.empty(), Observed.PENDING, Optional.empty(), when);
  }

  /** The same at another time. */
  public Circumstances when(Instant when) {
    return new Circumstances(deviceTags, address, level, observed, claimedZone, when);
  }

  /** The same of a device with these tags. */
  public Circumstances tagged(Set<String> tags) {
    return new Circumstances(tags, address, level, observed, claimedZone, at);
  }

  /** The same for one address of the target's host. */
  public Circumstances resolved(InetAddress dialled) {
    return new Circumstances(deviceTags, Optional.of(dialled), level, observed, claimedZone, at);
  }

  /** The same for a session of that level. */
  public Circumstances protectedBy(Level agreed) {
    return new Circumstances(deviceTags, address, Optional.of(agreed), observed, claimedZone, at);
  }

  /** The same when the relay has told what it saw. */
  public Circumstances seen(Observed nowSeen) {
    return new Circumstances(deviceTags, address, level, nowSeen, claimedZone, at);
  }

  /** The same for a client that says so of its place. */
  public Circumstances claimed(Optional<String> zone) {
    return new Circumstances(deviceTags, address, level, observed, zone, at);
  }
}
