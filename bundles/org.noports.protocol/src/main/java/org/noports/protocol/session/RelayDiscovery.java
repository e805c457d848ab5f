package org.noports.protocol.session;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;
import org.noports.api.HostPort;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;

/**
 * Where a relay is, for who chooses one (docs/protocol/noports.md 2.7): the value of {@code
 * discover_response}.
 *
 * @param address the relay's host
 * @param singlePort the port that all sessions can share; empty if it has none
 */
public record RelayDiscovery(String address, OptionalInt singlePort) {
  /** What a client asks a relay for; the reference reads it, ours answers all the same. */
  public static final String QUESTION = "{\"items\":[\"ipaddr\",\"port\"]}";

  private static final int USUAL_PORT = 443;

  public RelayDiscovery {
    requireNonNull(address, "address is null");
    requireNonNull(singlePort, "singlePort is null");
  }

  /** Reads a relay's answer. */
  public static RelayDiscovery parse(String text) throws ProtocolViolation {
    return of(JsonObject.parse("relay discovery", text));
  }

  static RelayDiscovery of(JsonObject json) throws ProtocolViolation {
    Optional<Long> port = json.whole("port", 1, 65_535);
    return new RelayDiscovery(
        json.requireText("ipaddr", RelayDiscovery::host),
        port.isPresent() ? OptionalInt.of(port.get().intValue()) : OptionalInt.empty());
  }

  /** It is dialled and reaches messages. */
  private static String host(String text) {
    return new HostPort(text, USUAL_PORT).host();
  }

  /** Both fields; the reference writes null where there is no port. */
  public String toJson() {
    return toJsonObject().toJson();
  }

  JsonObject toJsonObject() {
    JsonObject.Builder json = JsonObject.builder().put("ipaddr", address);
    return (singlePort.isPresent()
            ? json.put("port", singlePort.getAsInt())
            : json.putNullable("port", Optional.empty()))
        .build();
  }

  /**
   * Where to find out how far the relay is: the single port's own, or where it would be if there
   * were one.
   */
  public HostPort probed() {
    return new HostPort(address, singlePort.orElse(USUAL_PORT));
  }
}
