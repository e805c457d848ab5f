package org.noports.api.session;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.Target;
import org.noports.api.identity.Fingerprint;
import org.noports.api.tunnel.Forward;
import org.noports.api.tunnel.LocalAddress;

/**
 * What is asked for.
 *
 * @param from which of our atSigns asks
 * @param device whom
 * @param relay through which relay; the first choice if there are {@code otherRelays}
 * @param target where to, from the device on
 * @param local where to listen here; empty to open streams by {@link TunnelSession#connect} only
 * @param keep whether a lost session is replaced by a new one at the same local address
 * @param grace how long the session may stand without any connection
 * @param expect the fingerprint that the device's key must have, as its owner wrote it, in any of
 *     the forms of {@link Fingerprint}; empty to believe what is known here, or the first contact
 * @param forwards what goes through it beside connections to the target; the tunnel fails if its
 *     session cannot carry them, or the device refuses to listen
 * @param otherRelays those that would do as well: the one that a {@link
 *     org.noports.api.relay.RelayChoice} prefers carries; empty to have {@code relay} or none
 */
public record TunnelRequest(
    AtSign from,
    DeviceAddress device,
    AtSign relay,
    Target target,
    Optional<LocalAddress> local,
    boolean keep,
    Duration grace,
    Optional<String> expect,
    List<Forward> forwards,
    List<AtSign> otherRelays) {
  /** How long a session that nobody uses stands, unless asked otherwise. */
  public static final Duration DEFAULT_GRACE = Duration.ofSeconds(30);

  public TunnelRequest {
    requireNonNull(from, "from is null");
    requireNonNull(device, "device is null");
    requireNonNull(relay, "relay is null");
    requireNonNull(target, "target is null");
    requireNonNull(local, "local is null");
    requireNonNull(grace, "grace is null");
    expect = expect.map(Fingerprint::requireWritten);
    forwards = List.copyOf(forwards);
    otherRelays = List.copyOf(otherRelays);
  }

  /** Goes through this relay or none. */
  public TunnelRequest(
      AtSign from,
      DeviceAddress device,
      AtSign relay,
      Target target,
      Optional<LocalAddress> local,
      boolean keep,
      Duration grace,
      Optional<String> expect,
      List<Forward> forwards) {
    this(from, device, relay, target, local, keep, grace, expect, forwards, List.of());
  }

  /** Asks for nothing beside the target. */
  public TunnelRequest(
      AtSign from,
      DeviceAddress device,
      AtSign relay,
      Target target,
      Optional<LocalAddress> local,
      boolean keep,
      Duration grace,
      Optional<String> expect) {
    this(from, device, relay, target, local, keep, grace, expect, List.of());
  }

  /** Expects nothing of the device's key. */
  public TunnelRequest(
      AtSign from,
      DeviceAddress device,
      AtSign relay,
      Target target,
      Optional<LocalAddress> local,
      boolean keep,
      Duration grace) {
    this(from, device, relay, target, local, keep, grace, Optional.empty());
  }

  /** The same with these forwards. */
  public TunnelRequest forwarding(List<Forward> others) {
    return new TunnelRequest(
        from, device, relay, target, local, keep, grace, expect, others, otherRelays);
  }

  /** The same through whichever of its relay and these serves best. */
  public TunnelRequest orThrough(List<AtSign> others) {
    return new TunnelRequest(
        from, device, relay, target, local, keep, grace, expect, forwards, others);
  }

  /** The relays that would do, the first choice first, none twice. */
  public List<AtSign> relays() {
    return Stream.concat(Stream.of(relay), otherRelays.stream()).distinct().toList();
  }
}
