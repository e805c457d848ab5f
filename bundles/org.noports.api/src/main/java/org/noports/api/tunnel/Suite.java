package org.noports.api.tunnel;

import static java.util.Objects.requireNonNull;

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

  /** First of the constants: the others are checked by it. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,30}");

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
    return keyAgreement.equals(KeyAgreement.X_WING) ? Level.L3 : Level.L2;
  }

  @Override
  public String toString() {
    return keyAgreement + "+" + hash + "+" + cipher;
  }
}
