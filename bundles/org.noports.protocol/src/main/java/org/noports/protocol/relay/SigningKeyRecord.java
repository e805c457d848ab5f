package org.noports.protocol.relay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.noports.api.PeerUnverified;
import org.noports.api.ProtocolViolation;
import org.noports.api.identity.Fingerprint;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;

/**
 * What is published under a {@link SigningKeyUri} (docs/protocol/noports.md 4.2): one RSA key as
 * bare base64, or a list of keys as JSON.
 *
 * @param keys those that sign now and that we know how to verify
 */
public record SigningKeyRecord(List<Key> keys) {
  /** How a list spells RSASSA-PKCS1-v1_5 with SHA-256 and 2048 bits. */
  public static final String RSA = "rsa2048";

  /** How it spells ML-DSA-65. */
  public static final String ML_DSA = "mldsa65";

  /** From the weakest to the strongest. */
  private static final List<String> KNOWN = List.of(RSA, ML_DSA);

  private static final String FIRST_VERSION = "1";

  /**
   * One key.
   *
   * @param kid what a signature names it by; empty if the record does not
   * @param algorithm {@link #RSA} or {@link #ML_DSA}
   * @param text base64
   */
  public record Key(Optional<String> kid, String algorithm, String text) {}

  public SigningKeyRecord {
    keys = List.copyOf(keys);
  }

  /** Reads either form. */
  public static SigningKeyRecord parse(String text) throws ProtocolViolation {
    if (!text.startsWith("{")) {
      return new SigningKeyRecord(List.of(new Key(Optional.empty(), RSA, text.strip())));
    }
    JsonObject json = JsonObject.parse("signing key record", text);
    if (!json.whole("v")
        .map(version -> Long.toString(version))
        .equals(Optional.of(FIRST_VERSION))) {
      throw new ProtocolViolation("signing key record: its version v is not 1");
    }
    List<Key> keys = new ArrayList<>();
    for (JsonValue entry : json.array("keys").map(JsonArray::items).orElse(List.of())) {
      if (entry instanceof JsonObject key) {
        active(key).ifPresent(keys::add);
      }
    }
    return new SigningKeyRecord(keys);
  }

  /**
   * The list form with keys of both algorithms, as newer programs publish it.
   *
   * @param rsa base64 X.509
   * @param mlDsa base64 of FIPS 204's bytes
   */
  public static String list(String rsa, String mlDsa) {
    return JsonObject.builder()
        .put("v", 1)
        .put("keys", new JsonArray(List.of(entry(ML_DSA, mlDsa), entry(RSA, rsa))))
        .build()
        .toJson();
  }

  private static JsonObject entry(String algorithm, String text) {
    return JsonObject.builder()
        .put("kid", kid(text))
        .put("use", "sign")
        .put("alg", algorithm)
        .put("pub", text)
        .build();
  }

  /** The name of a key: the first 16 hexadecimal digits of SHA-256 over its bytes. */
  public static String kid(String text) {
    return Fingerprint.ofPublicKey(text).hex().substring(0, 16);
  }

  /** Entries for other uses, of unknown algorithms, and those that are retired are passed over. */
  private static Optional<Key> active(JsonObject entry) throws ProtocolViolation {
    boolean signs =
        entry.text("use").equals(Optional.of("sign"))
            && entry.text("status").orElse("active").equals("active")
            && KNOWN.contains(entry.text("alg").orElse(""));
    return signs
        ? Optional.of(
            new Key(entry.text("kid"), entry.requireText("alg"), entry.requireText("pub")))
        : Optional.empty();
  }

  /**
   * The key that a signature is to be verified with. Its algorithm must be the strongest that the
   * record offers: else whoever breaks the weaker one could choose it.
   *
   * @param kid which, if the signature says so
   */
  public Key find(String algorithm, Optional<String> kid) throws PeerUnverified {
    String strongest =
        keys.stream()
            .map(Key::algorithm)
            .max(Comparator.comparingInt(KNOWN::indexOf))
            .orElseThrow(
                () -> new PeerUnverified("The signing key record offers no key that we know"));
    if (!strongest.equals(algorithm)) {
      throw new PeerUnverified(
          "The signature is by " + algorithm + ", its signing key record offers " + strongest);
    }
    List<Key> candidates =
        keys.stream()
            .filter(key -> key.algorithm().equals(algorithm))
            .filter(key -> kid.isEmpty() || key.kid().isEmpty() || key.kid().equals(kid))
            .toList();
    if (candidates.size() != 1) {
      throw new PeerUnverified(
          candidates.isEmpty()
              ? "The signature names a key that its signing key record does not have"
              : "The signature does not say which of several signing keys it is by");
    }
    return candidates.get(0);
  }
}
