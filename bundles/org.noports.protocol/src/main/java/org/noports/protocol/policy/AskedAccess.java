package org.noports.protocol.policy;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.noports.api.ProtocolViolation;
import org.noports.api.policy.RequestKind;
import org.noports.api.tunnel.Level;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;

/**
 * What exactly a client wants, as far as the device knows: the object {@code request} of an {@link
 * AuthCheck}, ours alone (docs/protocol/noports.md 7.3).
 *
 * @param kind what for
 * @param host where to, if anywhere
 * @param port the port there
 * @param address the one address of the host that will be dialled, once it is known
 * @param level how the session is protected, once it is agreed
 * @param tags what the device's administrator says of it
 * @param observed what the relay saw of the client; empty if no link stands yet
 * @param claimedZone what the client says of its place
 */
public record AskedAccess(
    RequestKind kind,
    Optional<String> host,
    OptionalInt port,
    Optional<String> address,
    Optional<Level> level,
    List<String> tags,
    Optional<Seen> observed,
    Optional<String> claimedZone) {
  private static final String OBSERVED = "observed";
  private static final String CLAIMED = "claimed";

  /**
   * What the relay saw.
   *
   * @param address where the client's socket comes from, if it told
   * @param country that address's, if known
   */
  public record Seen(Optional<String> address, Optional<String> country) {
    public Seen {
      requireNonNull(address, "address is null");
      requireNonNull(country, "country is null");
    }
  }

  public AskedAccess {
    requireNonNull(kind, "kind is null");
    requireNonNull(host, "host is null");
    requireNonNull(port, "port is null");
    requireNonNull(address, "address is null");
    requireNonNull(level, "level is null");
    tags = List.copyOf(tags);
    requireNonNull(observed, "observed is null");
    requireNonNull(claimedZone, "claimedZone is null");
  }

  static AskedAccess parse(JsonObject json) throws ProtocolViolation {
    Optional<Long> port = json.whole("port", 0, 65535);
    Optional<JsonArray> tags = json.array("tags");
    Optional<JsonObject> claimed = json.object(CLAIMED);
    return new AskedAccess(
        json.requireText("kind", AskedAccess::kind),
        json.text("host"),
        port.isPresent() ? OptionalInt.of(port.get().intValue()) : OptionalInt.empty(),
        json.text("address"),
        json.text("level", word -> Level.valueOf(word.toUpperCase(Locale.ROOT))),
        tags.isPresent() ? tags.get().texts() : List.of(),
        seen(json),
        claimed.isPresent() ? claimed.get().text("zone") : Optional.empty());
  }

  private static Optional<Seen> seen(JsonObject json) throws ProtocolViolation {
    Optional<JsonObject> observed = json.object(OBSERVED);
    return observed.isEmpty()
        ? Optional.empty()
        : Optional.of(new Seen(observed.get().text("address"), observed.get().text("country")));
  }

  private static RequestKind kind(String wire) {
    return RequestKind.valueOf(wire.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  JsonObject toJson() {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("kind", kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .putIfPresent("host", host);
    port.ifPresent(number -> json.put("port", number));
    json.putIfPresent("address", address).putIfPresent("level", level.map(Level::name));
    if (!tags.isEmpty()) {
      json.put("tags", tags);
    }
    observed.ifPresent(
        seen ->
            json.put(
                OBSERVED,
                JsonObject.builder()
                    .putIfPresent("address", seen.address())
                    .putIfPresent("country", seen.country())
                    .build()));
    claimedZone.ifPresent(
        zone -> json.put(CLAIMED, JsonObject.builder().put("zone", zone).build()));
    return json.build();
  }
}
