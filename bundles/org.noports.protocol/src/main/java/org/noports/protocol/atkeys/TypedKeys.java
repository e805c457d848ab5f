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

  /** Status of a pair that is in use. */
  public static final String ACTIVE = "active";

  /** Status of a pair that its owner's atServer may not know yet; other programs pass it over. */
  public static final String PENDING = "pending";

  private static final String OWNER = "atsign";
  private static final String STATUS = "status";
  private static final String ATSIGN_KEYS = "atsignKeys";
  private static final String ENROLLMENTS = "enrollments";
  private static final String ENROLLMENT_ID = "enrollmentId";
  private static final String MATERIAL = "material";

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
    return find(file, new Wanted(role, algorithm, ACTIVE));
  }

  /** The same of pairs that wait. */
  public static List<Pair> findPending(AtKeysFile file, Role role, String algorithm)
      throws ProtocolViolation {
    return find(file, new Wanted(role, algorithm, PENDING));
  }

  private static List<Pair> find(AtKeysFile file, Wanted wanted) throws ProtocolViolation {
    List<Pair> pairs = new ArrayList<>();
    collect(file.unknown(), ATSIGN_KEYS, Optional.empty(), wanted, pairs);
    for (JsonObject enrollment : objects(file.unknown(), ENROLLMENTS)) {
      collect(enrollment, "keys", enrollment.text(ENROLLMENT_ID), wanted, pairs);
    }
    return List.copyOf(pairs);
  }

  /** Of which pairs a file is searched. */
  private record Wanted(Role role, String algorithm, String status) {
    /** The half of that role. */
    private Optional<String> bytes(JsonObject key, String half) throws ProtocolViolation {
      for (JsonObject material : objects(key, MATERIAL)) {
        if (isHalf(material, half)) {
          return Optional.of(material.requireText("bytes").strip());
        }
      }
      return Optional.empty();
    }

    private boolean isHalf(JsonObject material, String half) throws ProtocolViolation {
      return material.text("role").equals(Optional.of(half))
          && material.text("algorithm").equals(Optional.of(algorithm))
          && material.text(STATUS).orElse(ACTIVE).equals(status);
    }
  }

  private static void collect(
      JsonObject holder, String field, Optional<String> enrollment, Wanted wanted, List<Pair> into)
      throws ProtocolViolation {
    for (JsonObject key : objects(holder, field)) {
      if (!key.text("keyId").orElse("").startsWith(wanted.role.prefix() + ":")) {
        continue;
      }
      Optional<String> secret = wanted.bytes(key, wanted.role.secret());
      Optional<String> open = wanted.bytes(key, wanted.role.open());
      if (secret.isPresent() && open.isPresent()) {
        into.add(new Pair(enrollment, Secret.owning(secret.get().getBytes(US_ASCII)), open.get()));
      }
    }
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
    return with(unknown, owner, new Wanted(role, algorithm, ACTIVE), pair, now);
  }

  /** The same with a pair that waits. */
  public static JsonObject withPending(
      JsonObject unknown, AtSign owner, Role role, String algorithm, Pair pair, Instant now)
      throws ProtocolViolation {
    return with(unknown, owner, new Wanted(role, algorithm, PENDING), pair, now);
  }

  /** The unknown fields of a file in which nothing waits any more: what did is active. */
  public static JsonObject withoutPending(JsonObject unknown) {
    JsonObject.Builder json = unknown.toBuilder();
    for (String field : List.of(ATSIGN_KEYS, ENROLLMENTS)) {
      unknown.get(field).ifPresent(keys -> json.put(field, activated(field, keys)));
    }
    return json.build();
  }

  private static JsonValue activated(String name, JsonValue value) {
    if (value instanceof JsonObject object) {
      JsonObject.Builder json = JsonObject.builder();
      object.fields().forEach((field, each) -> json.put(field, activated(field, each)));
      return json.build();
    }
    if (value instanceof JsonArray array) {
      return new JsonArray(array.items().stream().map(item -> activated("", item)).toList());
    }
    boolean waits = name.equals(STATUS) && value.equals(new JsonValue.Text(PENDING));
    return waits ? new JsonValue.Text(ACTIVE) : value;
  }

  private static JsonObject with(
      JsonObject unknown, AtSign owner, Wanted kind, Pair pair, Instant now)
      throws ProtocolViolation {
    JsonObject.Builder json = unknown.toBuilder();
    if (!unknown.has(OWNER)) {
      json.put(OWNER, owner.name());
    }
    JsonObject added = key(kind, pair, now);
    return pair.enrollmentId().isEmpty()
        ? json.put(ATSIGN_KEYS, appended(unknown, ATSIGN_KEYS, added)).build()
        : json.put(ENROLLMENTS, enrolled(unknown, pair.enrollmentId().get(), added)).build();
  }

  private static JsonObject key(Wanted kind, Pair pair, Instant now) {
    byte[] secret = pair.privateKey().exposeSecretBytes();
    try {
      String text = new String(secret, US_ASCII);
      return JsonObject.builder()
          .put("keyId", kind.role.prefix() + ":" + kind.algorithm + ":1")
          .put(
              MATERIAL,
              new JsonArray(
                  List.of(
                      half(kind, kind.role.secret(), text, now),
                      half(kind, kind.role.open(), pair.publicKey(), now))))
          .build();
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static JsonObject half(Wanted kind, String role, String bytes, Instant now) {
    return JsonObject.builder()
        .put("role", role)
        .put("algorithm", kind.algorithm)
        .put("createdAt", now.toString())
        .put(STATUS, kind.status)
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
