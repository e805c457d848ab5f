package org.noports.protocol.atkeys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.protocol.json.JsonObject;

/**
 * An atSign's key file, field by field (docs/protocol/atprotocol.md 6). Four fields hold keys
 * encrypted under the self encryption key, which stands beside them in clear: the file is as secret
 * as the keys.
 *
 * @param pkamPublicKey encrypted base64 text of the authentication key's public half
 * @param pkamPrivateKey the same of its private half; empty where it lives in a secure element
 * @param encryptionPublicKey encrypted base64 text of the encryption key's public half
 * @param encryptionPrivateKey the same of its private half
 * @param selfEncryptionKey base64 text of an AES-256 key, as ASCII bytes
 * @param apkamSymmetricKey base64 text of an AES-256 key, as ASCII bytes; only for enrolled keys
 * @param enrollmentId the enrollment; only for enrolled keys
 * @param atSign whose file, where it says so
 * @param unknown fields that we do not know, to be kept
 */
public record AtKeysFile(
    String pkamPublicKey,
    Optional<String> pkamPrivateKey,
    String encryptionPublicKey,
    String encryptionPrivateKey,
    Secret selfEncryptionKey,
    Optional<Secret> apkamSymmetricKey,
    Optional<String> enrollmentId,
    Optional<AtSign> atSign,
    JsonObject unknown)
    implements AutoCloseable {
  private static final String PKAM_PUBLIC = "aesPkamPublicKey";
  private static final String PKAM_PRIVATE = "aesPkamPrivateKey";
  private static final String ENCRYPT_PUBLIC = "aesEncryptPublicKey";
  private static final String ENCRYPT_PRIVATE = "aesEncryptPrivateKey";
  private static final String SELF = "selfEncryptionKey";
  private static final String APKAM = "apkamSymmetricKey";
  private static final String ENROLLMENT = "enrollmentId";

  /** Files with typed keys, which newer programs write, say here whose they are. */
  private static final String TYPED_OWNER = "atsign";

  public AtKeysFile {
    requireNonNull(pkamPublicKey, "pkamPublicKey is null");
    requireNonNull(pkamPrivateKey, "pkamPrivateKey is null");
    requireNonNull(encryptionPublicKey, "encryptionPublicKey is null");
    requireNonNull(encryptionPrivateKey, "encryptionPrivateKey is null");
    requireNonNull(selfEncryptionKey, "selfEncryptionKey is null");
    requireNonNull(apkamSymmetricKey, "apkamSymmetricKey is null");
    requireNonNull(enrollmentId, "enrollmentId is null");
    requireNonNull(atSign, "atSign is null");
    requireNonNull(unknown, "unknown is null");
  }

  /** Reads a file's text; errors name the field and never quote it. */
  public static AtKeysFile parse(String text) throws ProtocolViolation {
    JsonObject json = JsonObject.parse("key file", text);
    if (json.has("content") && json.has("iv") && !json.has(SELF)) {
      throw new ProtocolViolation("key file: it is locked with a passphrase; unlock it first");
    }
    return new AtKeysFile(
        json.requireText(PKAM_PUBLIC),
        json.text(PKAM_PRIVATE),
        json.requireText(ENCRYPT_PUBLIC),
        json.requireText(ENCRYPT_PRIVATE),
        secret(json.requireText(SELF)),
        json.text(APKAM).map(AtKeysFile::secret),
        json.text(ENROLLMENT).filter(id -> !id.isBlank()),
        owner(json),
        unknown(json));
  }

  private static Secret secret(String text) {
    return Secret.owning(text.strip().getBytes(US_ASCII));
  }

  private static Optional<AtSign> owner(JsonObject json) throws ProtocolViolation {
    Set<AtSign> owners = new HashSet<>();
    try {
      json.fields().keySet().stream()
          .filter(AtKeysFile::isOwner)
          .forEach(name -> owners.add(AtSign.of(name)));
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation("key file: a field begins with '@' but is no atSign", e);
    }
    json.text(TYPED_OWNER, AtSign::of).ifPresent(owners::add);
    if (owners.size() > 1) {
      throw new ProtocolViolation("key file: it names two atSigns");
    }
    return owners.stream().findFirst();
  }

  /** Some programs write a copy of the self encryption key under the atSign itself. */
  private static boolean isOwner(String name) {
    return name.startsWith("@");
  }

  private static JsonObject unknown(JsonObject json) {
    JsonObject.Builder rest = json.toBuilder();
    for (String name :
        new String[] {
          PKAM_PUBLIC, PKAM_PRIVATE, ENCRYPT_PUBLIC, ENCRYPT_PRIVATE, SELF, APKAM, ENROLLMENT
        }) {
      rest.remove(name);
    }
    json.fields().keySet().stream().filter(AtKeysFile::isOwner).forEach(rest::remove);
    return rest.build();
  }

  /** The file's text. Secret; it ends up in a file that only its owner may read. */
  public String toText() {
    String self = exposed(selfEncryptionKey);
    JsonObject.Builder json =
        JsonObject.builder()
            .put(PKAM_PUBLIC, pkamPublicKey)
            .putIfPresent(PKAM_PRIVATE, pkamPrivateKey)
            .put(ENCRYPT_PUBLIC, encryptionPublicKey)
            .put(ENCRYPT_PRIVATE, encryptionPrivateKey)
            .put(SELF, self);
    atSign.ifPresent(owner -> json.put(owner.name(), self));
    json.putIfPresent(APKAM, apkamSymmetricKey.map(AtKeysFile::exposed))
        .putIfPresent(ENROLLMENT, enrollmentId);
    unknown.fields().forEach(json::put);
    return json.build().toJson();
  }

  /** The same with other fields that it does not know; the keys are shared, not copied. */
  public AtKeysFile withUnknown(JsonObject fields) {
    return new AtKeysFile(
        pkamPublicKey,
        pkamPrivateKey,
        encryptionPublicKey,
        encryptionPrivateKey,
        selfEncryptionKey,
        apkamSymmetricKey,
        enrollmentId,
        atSign,
        fields);
  }

  private static String exposed(Secret secret) {
    byte[] bytes = secret.exposeSecretBytes();
    try {
      return new String(bytes, US_ASCII);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Wipes the two keys that stand in clear. */
  @Override
  public void close() {
    selfEncryptionKey.close();
    apkamSymmetricKey.ifPresent(Secret::close);
  }

  @Override
  public String toString() {
    return "AtKeysFile["
        + atSign.map(AtSign::name).orElse("?")
        + enrollmentId.map(id -> ", enrollment " + id).orElse("")
        + "]";
  }
}
