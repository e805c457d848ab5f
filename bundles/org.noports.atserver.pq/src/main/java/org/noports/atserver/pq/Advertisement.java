package org.noports.atserver.pq;

import java.time.Instant;
import java.time.format.DateTimeParseException;
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
  private static final String CREATED = "createdAt";

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

  /** When it was made; the beginning of time if it does not say so. */
  static Instant createdAt(JsonObject json) throws ProtocolViolation {
    try {
      return Instant.parse(json.text(CREATED).orElse(""));
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  /**
   * What is to be signed and published.
   *
   * @param retired keys that are no longer sealed to
   */
  JsonObject toJson(Instant at, List<Key> retired) {
    List<JsonValue> entries = new ArrayList<>();
    keys.forEach(key -> entries.add(entry(key).build()));
    retired.forEach(key -> entries.add(entry(key).put("status", "retired").build()));
    return JsonObject.builder()
        .put("v", VERSION)
        .put(CREATED, at.toString())
        .put("keys", new JsonArray(entries))
        .put("suites", keys.stream().map(key -> key.names.suiteName).distinct().toList())
        .build();
  }

  private static JsonObject.Builder entry(Key key) {
    return JsonObject.builder()
        .put("kid", key.kid())
        .put("use", ENCRYPTS)
        .put("alg", key.names.algorithm)
        .put("pub", Base64.getEncoder().encodeToString(key.publicKey));
  }
}
