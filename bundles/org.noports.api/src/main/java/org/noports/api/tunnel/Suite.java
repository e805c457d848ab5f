package org.noports.api.tunnel;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.regex.Pattern;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.RecordCipher;

/**
 * What an NP2 session is made of, by the names of the wire: {@code x25519+sha256+aes256gcm}
 * (docs/protocol/np2.md 2).
 *
 * @param keyAgreement name of a {@link KeyAgreement}
 * @param hash name of a {@link KeyDerivation}
 * @param cipher name of a {@link RecordCipher}
 */
public record Suite(String keyAgreement, String hash, String cipher) {
  /** Longest text form; a longer one is no suite. */
  public static final int LONGEST = 96;

  /** Algorithms of which one is made. */
  public static final int PARTS = 3;

  /** First of the constants: the others are checked by it. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,30}");

  private static final String STANDS =
      "stands quantum computers, recording now does not help later)";

  private static final Set<String> QUANTUM_RESISTANT =
      Set.of(KeyAgreement.X_WING, KeyAgreement.ML_KEM_1024);

  /** X-Wing with AES-256-GCM: what two ends with org.noports.cipher.pq take. */
  public static final Suite X_WING_AES_256_GCM =
      new Suite(KeyAgreement.X_WING, KeyDerivation.SHA_256, RecordCipher.AES_256_GCM);

  /** X-Wing with ChaCha20-Poly1305. */
  public static final Suite X_WING_CHACHA20_POLY1305 =
      new Suite(KeyAgreement.X_WING, KeyDerivation.SHA_256, RecordCipher.CHACHA20_POLY1305);

  /** ML-KEM-1024, SHA-384 and AES-256-GCM: each of the strongest kind, and the one of level5. */
  public static final Suite ML_KEM_1024_AES_256_GCM =
      new Suite(KeyAgreement.ML_KEM_1024, KeyDerivation.SHA_384, RecordCipher.AES_256_GCM);

  /** X25519 with AES-256-GCM: what each NP2 end has. */
  public static final Suite X25519_AES_256_GCM =
      new Suite(KeyAgreement.X25519, KeyDerivation.SHA_256, RecordCipher.AES_256_GCM);

  /** X25519 with ChaCha20-Poly1305. */
  public static final Suite X25519_CHACHA20_POLY1305 =
      new Suite(KeyAgreement.X25519, KeyDerivation.SHA_256, RecordCipher.CHACHA20_POLY1305);

  public Suite {
    check(requireNonNull(keyAgreement, "keyAgreement is null"));
    check(requireNonNull(hash, "hash is null"));
    check(requireNonNull(cipher, "cipher is null"));
  }

  private static void check(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A suite names what is not the name of an algorithm: expected a-z, 0-9 and -");
    }
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException with a full sentence, if it is none
   */
  public static Suite of(String text) {
    String[] names = requireNonNull(text, "text is null").split("\\+", -1);
    if (names.length != 3 || text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "Not a suite of at most " + LONGEST + " characters: expected agreement+hash+cipher");
    }
    return new Suite(names[0], names[1], names[2]);
  }

  /** {@link Level#L3} where the key agreement is known to stand quantum computers. */
  public Level level() {
    return QUANTUM_RESISTANT.contains(keyAgreement) ? Level.L3 : Level.L2;
  }

  /** Against whom content stays secret under it, in a few words. */
  public String secrecy() {
    return switch (keyAgreement) {
      case KeyAgreement.X_WING -> "hybrid (X25519 with ML-KEM-768: " + STANDS;
      case KeyAgreement.ML_KEM_1024 -> "post-quantum (ML-KEM-1024 alone: " + STANDS;
      case KeyAgreement.X25519 ->
          "classical (X25519, forward secret; "
              + "not both ends had what stands quantum computers)";
      default -> "unknown here (" + keyAgreement + ")";
    };
  }

  @Override
  public String toString() {
    return keyAgreement + "+" + hash + "+" + cipher;
  }
}
