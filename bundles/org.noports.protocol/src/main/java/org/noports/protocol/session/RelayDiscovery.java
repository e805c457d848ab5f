package org.noports.protocol.session;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;
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
  public RelayDiscovery {
    requireNonNull(address, "address is null");
    requireNonNull(singlePort, "singlePort is null");
  }

  /** Reads a relay's answer. */
  public static RelayDiscovery parse(String text) throws ProtocolViolation {
    JsonObject json = JsonObject.parse("relay discovery", text);
    boolean any = json.whole("port").isPresent();
    return new RelayDiscovery(
        json.requireText("ipaddr"),
        any ? OptionalInt.of(json.requirePort("port")) : OptionalInt.empty());
  }

  /** Both fields; the reference writes null where there is no port. */
  public String toJson() {
    JsonObject.Builder json = JsonObject.builder().put("ipaddr", address);
    return (singlePort.isPresent()
            ? json.put("port", singlePort.getAsInt())
            : json.putNullable("port", Optional.empty()))
        .build()
        .toJson();
  }
}
