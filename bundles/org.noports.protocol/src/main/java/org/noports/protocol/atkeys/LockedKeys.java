package org.noports.protocol.atkeys;

import static java.util.Objects.requireNonNull;

import java.util.Base64;
import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;

/**
 * A key file under a passphrase: the envelope that existing programs write around the text of
 * {@link AtKeysFile} (docs/protocol/atprotocol.md 6.1). What it holds is encrypted, not
 * authenticated: a wrong passphrase gives other bytes, and only their reader notices.
 *
 * @param content the file's text, encrypted with AES-256-CTR and padded as PKCS#7
 * @param iv the counter's 16 first bytes
 * @param costs how the key is derived from the passphrase; empty in the oldest form, which salts
 *     with the passphrase itself
 */
public record LockedKeys(byte[] content, byte[] iv, Optional<Costs> costs) {
  /** Bytes of {@link #iv}. */
  public static final int IV_BYTES = 16;

  private static final long VERSION = 1;
  private static final String ARGON2ID = "argon2id";
  private static final String WHAT = "locked key file";

  /** A file must not take more of a machine than this; programs write 19 MiB. */
  private static final int MAX_MEMORY_KIB = 256 * 1024;

  private static final int MAX_ITERATIONS = 100;
  private static final int MAX_PARALLELISM = 16;
  private static final int MIN_SALT = 8;

  /**
   * What Argon2id is told (RFC 9106 3.1).
   *
   * @param salt random, of this file alone
   */
  public record Costs(byte[] salt, int memoryKiB, int iterations, int parallelism) {
    public Costs {
      salt = salt.clone();
    }

    @Override
    public byte[] salt() {
      return salt.clone();
    }
  }

  public LockedKeys {
    content = content.clone();
    iv = iv.clone();
    requireNonNull(costs, "costs is null");
  }

  @Override
  public byte[] content() {
    return content.clone();
  }

  @Override
  public byte[] iv() {
    return iv.clone();
  }

  /** The envelope in a file's text; empty if it is a key file without passphrase. */
  public static Optional<LockedKeys> find(String text) throws ProtocolViolation {
    JsonObject json = JsonObject.parse("key file", text);
    return json.has("iv") && json.has("content") ? Optional.of(read(text)) : Optional.empty();
  }

  private static LockedKeys read(String text) throws ProtocolViolation {
    JsonObject json = JsonObject.parse(WHAT, text);
    String hashing = json.requireText("hashingAlgoType");
    if (!hashing.equals(ARGON2ID)) {
      throw new ProtocolViolation(
          WHAT
              + ": its 'hashingAlgoType' is not "
              + ARGON2ID
              + ", the only one that protects keys");
    }
    byte[] iv = bytes(json, "iv");
    if (iv.length != IV_BYTES) {
      throw new ProtocolViolation(WHAT + ": field 'iv' is not of " + IV_BYTES + " bytes");
    }
    return new LockedKeys(bytes(json, "content"), iv, costs(json));
  }

  private static Optional<Costs> costs(JsonObject json) throws ProtocolViolation {
    Optional<Long> version = json.whole("v");
    if (version.isEmpty()) {
      return Optional.empty();
    }
    if (version.get() != VERSION) {
      throw new ProtocolViolation(
          WHAT + ": it is of version " + version.get() + ", which a newer program wrote");
    }
    byte[] salt = bytes(json, "salt");
    if (salt.length < MIN_SALT) {
      throw new ProtocolViolation(WHAT + ": field 'salt' has fewer than " + MIN_SALT + " bytes");
    }
    JsonObject costs = json.requireObject("kdfParams");
    int parallelism = cost(costs, "parallelism", 1, MAX_PARALLELISM);
    int memory = cost(costs, "memory", 8 * parallelism, MAX_MEMORY_KIB);
    int iterations = cost(costs, "iterations", 1, MAX_ITERATIONS);
    return Optional.of(new Costs(salt, memory, iterations, parallelism));
  }

  private static int cost(JsonObject costs, String name, int least, int most)
      throws ProtocolViolation {
    Optional<Long> value = costs.whole(name);
    if (value.isEmpty() || value.get() < least || value.get() > most) {
      throw new ProtocolViolation(
          WHAT + ": its cost '" + name + "' is not between " + least + " and " + most);
    }
    return value.get().intValue();
  }

  private static byte[] bytes(JsonObject json, String name) throws ProtocolViolation {
    try {
      return Base64.getDecoder().decode(json.requireText(name).strip());
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation(WHAT + ": field '" + name + "' is not base64", e);
    }
  }

  /** The envelope's text; field order as existing programs write it. */
  public String toText() {
    JsonObject.Builder json = JsonObject.builder();
    costs.ifPresent(given -> json.put("v", VERSION));
    json.put("content", base64(content)).put("iv", base64(iv)).put("hashingAlgoType", ARGON2ID);
    costs.ifPresent(
        given ->
            json.put("salt", base64(given.salt()))
                .put(
                    "kdfParams",
                    JsonObject.builder()
                        .put("memory", given.memoryKiB())
                        .put("iterations", given.iterations())
                        .put("parallelism", given.parallelism())
                        .build()));
    return json.build().toJson();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "LockedKeys[" + content.length + " bytes]";
  }
}
