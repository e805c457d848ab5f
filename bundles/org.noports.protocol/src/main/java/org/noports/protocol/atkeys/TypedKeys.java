package org.noports.protocol.atkeys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;

/**
 * The key pairs of a key file that newer programs keep in lists beside the flat fields
 * (docs/protocol/atprotocol.md 6.2): those of the atSign in {@code atsignKeys}, those of its
 * enrollments under {@code enrollments}. Whatever else stands there is kept.
 *
 * <p>We add no {@code version}: programs that read lists read one layout of them each, and take a
 * file without a version by its flat fields, which it has.
 */
public final class TypedKeys {
  /** Role of a signing pair's halves. */
  public static final Role SIGNING = new Role("sign", "privateSigning", "publicVerification");

  /** Role of an authentication pair's halves. */
  public static final Role AUTHENTICATION =
      new Role("auth", "privateAuthentication", "publicAuthentication");

  private static final String OWNER = "atsign";
  private static final String ATSIGN_KEYS = "atsignKeys";
  private static final String ENROLLMENTS = "enrollments";
  private static final String ENROLLMENT_ID = "enrollmentId";

  private TypedKeys() {}

  /**
   * What a pair is for.
   *
   * @param prefix of its {@code keyId}
   * @param secret role of the private half
   * @param open role of the public half
   */
  public record Role(String prefix, String secret, String open) {}

  /**
   * One active pair.
   *
   * @param enrollmentId whose; empty if it is the atSign's own
   * @param privateKey base64, as ASCII bytes; the caller closes it
   * @param publicKey base64
   */
  public record Pair(Optional<String> enrollmentId, Secret privateKey, String publicKey)
      implements AutoCloseable {
    public Pair {
      requireNonNull(enrollmentId, "enrollmentId is null");
      requireNonNull(privateKey, "privateKey is null");
      requireNonNull(publicKey, "publicKey is null");
    }

    @Override
    public void close() {
      privateKey.close();
    }
  }

  /** All active pairs of that role and algorithm in {@code file}, the atSign's own first. */
  public static List<Pair> find(AtKeysFile file, Role role, String algorithm)
      throws ProtocolViolation {
    List<Pair> pairs = new ArrayList<>();
    collect(file.unknown(), ATSIGN_KEYS, Optional.empty(), role, algorithm, pairs);
    for (JsonObject enrollment : objects(file.unknown(), ENROLLMENTS)) {
      collect(enrollment, "keys", enrollment.text(ENROLLMENT_ID), role, algorithm, pairs);
    }
    return List.copyOf(pairs);
  }

  private static void collect(
      JsonObject holder,
      String field,
      Optional<String> enrollment,
      Role role,
      String algorithm,
      List<Pair> into)
      throws ProtocolViolation {
    for (JsonObject key : objects(holder, field)) {
      if (!key.text("keyId").orElse("").startsWith(role.prefix() + ":")) {
        continue;
      }
      Optional<String> secret = bytes(key, role.secret(), algorithm);
      Optional<String> open = bytes(key, role.open(), algorithm);
      if (secret.isPresent() && open.isPresent()) {
        into.add(new Pair(enrollment, Secret.owning(secret.get().getBytes(US_ASCII)), open.get()));
      }
    }
  }

  /** The active half of that role. */
  private static Optional<String> bytes(JsonObject key, String role, String algorithm)
      throws ProtocolViolation {
    for (JsonObject half : objects(key, "material")) {
      if (half.text("role").equals(Optional.of(role))
          && half.text("algorithm").equals(Optional.of(algorithm))
          && half.text("status").orElse("active").equals("active")) {
        return Optional.of(half.requireText("bytes").strip());
      }
    }
    return Optional.empty();
  }

  private static List<JsonObject> objects(JsonObject holder, String field)
      throws ProtocolViolation {
    List<JsonObject> objects = new ArrayList<>();
    for (JsonValue item : holder.array(field).map(JsonArray::items).orElse(List.of())) {
      if (item instanceof JsonObject object) {
        objects.add(object);
      }
    }
    return objects;
  }

  /**
   * The unknown fields of a file with one more pair.
   *
   * @param unknown what {@link AtKeysFile#unknown} has
   * @param owner whose file
   */
  public static JsonObject with(
      JsonObject unknown, AtSign owner, Role role, String algorithm, Pair pair, Instant now)
      throws ProtocolViolation {
    JsonObject.Builder json = unknown.toBuilder();
    if (!unknown.has(OWNER)) {
      json.put(OWNER, owner.name());
    }
    JsonObject added = key(role, algorithm, pair, now);
    return pair.enrollmentId().isEmpty()
        ? json.put(ATSIGN_KEYS, appended(unknown, ATSIGN_KEYS, added)).build()
        : json.put(ENROLLMENTS, enrolled(unknown, pair.enrollmentId().get(), added)).build();
  }

  private static JsonObject key(Role role, String algorithm, Pair pair, Instant now) {
    byte[] secret = pair.privateKey().exposeSecretBytes();
    try {
      String text = new String(secret, US_ASCII);
      return JsonObject.builder()
          .put("keyId", role.prefix() + ":" + algorithm + ":1")
          .put(
              "material",
              new JsonArray(
                  List.of(
                      half(role.secret(), algorithm, text, now),
                      half(role.open(), algorithm, pair.publicKey(), now))))
          .build();
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static JsonObject half(String role, String algorithm, String bytes, Instant now) {
    return JsonObject.builder()
        .put("role", role)
        .put("algorithm", algorithm)
        .put("createdAt", now.toString())
        .put("status", "active")
        .put("bytes", bytes)
        .build();
  }

  private static JsonArray appended(JsonObject holder, String field, JsonObject added)
      throws ProtocolViolation {
    List<JsonValue> items =
        new ArrayList<>(holder.array(field).map(JsonArray::items).orElse(List.of()));
    items.add(added);
    return new JsonArray(items);
  }

  private static JsonArray enrolled(JsonObject unknown, String id, JsonObject added)
      throws ProtocolViolation {
    List<JsonValue> items = new ArrayList<>();
    boolean found = false;
    for (JsonValue item : unknown.array(ENROLLMENTS).map(JsonArray::items).orElse(List.of())) {
      boolean ours =
          item instanceof JsonObject object && object.text(ENROLLMENT_ID).equals(Optional.of(id));
      found |= ours;
      items.add(
          ours
              ? ((JsonObject) item)
                  .toBuilder().put("keys", appended((JsonObject) item, "keys", added)).build()
              : item);
    }
    if (!found) {
      items.add(
          JsonObject.builder()
              .put(ENROLLMENT_ID, id)
              .put("keys", new JsonArray(List.of(added)))
              .build());
    }
    return new JsonArray(items);
  }
}
