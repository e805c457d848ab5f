package org.noports.atserver.pq;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;

/**
 * The keys that an atSign publishes for a namespace, to which content keys are sealed.
 *
 * @param keys those that can be sealed to, in the order in which we prefer their algorithms
 */
record Advertisement(List<Key> keys) {
  private static final long VERSION = 1;
  private static final String ACTIVE = "active";
  private static final String ENCRYPTS = "enc";

  /** One key. */
  record Key(Profile.Names names, byte[] publicKey) {
    String kid() {
      return ContentKey.kid(publicKey);
    }

    @Override
    public String toString() {
      return names.algorithm + " " + kid();
    }
  }

  Advertisement {
    keys = List.copyOf(keys);
  }

  /**
   * Reads what was signed. Entries that are unknown, retired or malformed are passed over.
   *
   * @throws ProtocolViolation if it is of another version, or offers nothing that we can seal to:
   *     that is no reason to seal to a wider namespace instead
   */
  static Advertisement parse(JsonObject json) throws ProtocolViolation {
    long version = json.requireWhole("v");
    if (version != VERSION) {
      throw new ProtocolViolation("keys of a namespace in version " + version + " are not known");
    }
    JsonArray entries =
        json.array("keys").orElseThrow(() -> new ProtocolViolation("It lists no keys"));
    List<String> suites =
        json.array("suites").orElseThrow(() -> new ProtocolViolation("It lists no suites")).texts();
    List<Key> keys = new ArrayList<>();
    for (Profile.Names names : Profile.Names.values()) {
      for (JsonValue entry : entries.items()) {
        if (suites.contains(names.suiteName) && entry instanceof JsonObject object) {
          key(names, object).ifPresent(keys::add);
        }
      }
    }
    if (keys.isEmpty()) {
      throw new ProtocolViolation("It offers no key that can be sealed to here");
    }
    return new Advertisement(keys);
  }

  private static Optional<Key> key(Profile.Names names, JsonObject entry) throws ProtocolViolation {
    boolean offered =
        entry.text("use").equals(Optional.of(ENCRYPTS))
            && entry.text("alg").equals(Optional.of(names.algorithm))
            && entry.text("status").orElse(ACTIVE).equals(ACTIVE);
    if (!offered) {
      return Optional.empty();
    }
    Key key = new Key(names, GcmValues.base64("a key of it", entry.requireText("pub")));
    boolean right =
        key.publicKey.length == names.suite.sizes().publicKey()
            && entry.text("kid").equals(Optional.of(key.kid()));
    return right ? Optional.of(key) : Optional.empty();
  }

  /** What is to be signed and published. */
  JsonObject toJson(Instant at) {
    List<JsonValue> entries = new ArrayList<>();
    for (Key key : keys) {
      entries.add(
          JsonObject.builder()
              .put("kid", key.kid())
              .put("use", ENCRYPTS)
              .put("alg", key.names.algorithm)
              .put("pub", Base64.getEncoder().encodeToString(key.publicKey))
              .build());
    }
    return JsonObject.builder()
        .put("v", VERSION)
        .put("createdAt", at.toString())
        .put("keys", new JsonArray(entries))
        .put("suites", keys.stream().map(key -> key.names.suiteName).distinct().toList())
        .build();
  }
}
