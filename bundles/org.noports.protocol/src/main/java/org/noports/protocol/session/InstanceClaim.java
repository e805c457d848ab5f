package org.noports.protocol.session;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;

/**
 * What a process that runs a device tells all others of its own atSign that run one of the same
 * name (docs/protocol/noports.md 2.9). Daemons that do not know it pass over it.
 *
 * @param instance which process: drawn at its start
 * @param since epoch milliseconds at which our atServer took its first claim; empty in that one
 * @param host what its machine calls itself
 * @param pid its process id there
 * @param kind what it wants
 */
public record InstanceClaim(UUID instance, Optional<Long> since, String host, long pid, Kind kind) {
  private static final int MAX_HOST = 64;

  /** Why a process says that it is there. */
  public enum Kind {
    /** To be answered by whoever else is there. */
    ASKS,
    /** Because it was asked. */
    ANSWERS,
    /** Because it is about to go. */
    LEAVES
  }

  public InstanceClaim {
    requireNonNull(instance, "instance is null");
    requireNonNull(since, "since is null");
    requireNonNull(host, "host is null");
    requireNonNull(kind, "kind is null");
    // It is shown to people.
    host = host.replaceAll("[^A-Za-z0-9._ -]", "?");
    host = host.length() > MAX_HOST ? host.substring(0, MAX_HOST) : host;
  }

  public static InstanceClaim parse(String text) throws ProtocolViolation {
    JsonObject json = JsonObject.parse("instance", text);
    return new InstanceClaim(
        json.requireText("instance", UUID::fromString),
        json.whole("since"),
        json.requireText("host"),
        json.requireWhole("pid"),
        json.requireText("kind", kind -> Kind.valueOf(kind.toUpperCase(Locale.ROOT))));
  }

  public String toText() {
    JsonObject.Builder json = JsonObject.builder().put("instance", instance.toString());
    since.ifPresent(millis -> json.put("since", millis));
    return json.put("host", host)
        .put("pid", pid)
        .put("kind", kind.name().toLowerCase(Locale.ROOT))
        .build()
        .toJson();
  }
}
