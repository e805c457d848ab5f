package org.noports.api.identity;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A public key in forms that two people can compare; all of them are SHA-256 over its bytes: the
 * X.509 form of an RSA key, FIPS 204's own of an ML-DSA key.
 *
 * @param text base64 without padding, after {@code SHA256:}, as OpenSSH prints its own
 */
public record Fingerprint(String text) {
  private static final String PREFIX = "SHA256:";
  private static final int WORDS = 8;
  private static final String CONSONANTS = "bdfghjklmnprstvz";
  private static final String VOWELS = "aiou";

  public Fingerprint {
    requireNonNull(text, "text is null");
  }

  /**
   * The fingerprint of a base64 public key.
   *
   * @throws IllegalArgumentException if it is not base64
   */
  public static Fingerprint ofPublicKey(String base64) {
    byte[] hash = sha256().digest(Base64.getDecoder().decode(base64.trim()));
    return new Fingerprint(PREFIX + Base64.getEncoder().withoutPadding().encodeToString(hash));
  }

  /**
   * Checks that a person wrote a fingerprint, in one of the three forms.
   *
   * @throws IllegalArgumentException with a full sentence, if it is none
   */
  public static String requireWritten(String written) {
    String plain = plain(written);
    boolean base64 = written.strip().matches(PREFIX + "[A-Za-z0-9+/]{43}=?");
    boolean words = plain.matches("([" + CONSONANTS + VOWELS + "]{5}){" + WORDS + "}");
    if (!base64 && !words && !plain.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "'"
              + written
              + "' is not a fingerprint: expected SHA256:…, 64 hexadecimal digits or "
              + WORDS
              + " words, as noports:keys-show prints them");
    }
    return written.strip();
  }

  /**
   * Reads the form of {@link #text}.
   *
   * @throws IllegalArgumentException with a full sentence, if it is another or none
   */
  public static Fingerprint of(String text) {
    if (!requireWritten(text).startsWith(PREFIX)) {
      throw new IllegalArgumentException("write the form that begins with " + PREFIX);
    }
    return new Fingerprint(text);
  }

  /** 64 hexadecimal digits in lower case. */
  public String hex() {
    return HexFormat.of().formatHex(hash());
  }

  /**
   * The first 128 bits as eight words that can be said on a telephone: 16 bits a word, consonants
   * for four bits and vowels for two in turn (proquints, arXiv:0901.4016).
   */
  public String words() {
    byte[] hash = hash();
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < WORDS; i++) {
      int bits = (hash[2 * i] & 0xff) << 8 | hash[2 * i + 1] & 0xff;
      words
          .append(i == 0 ? "" : "-")
          .append(CONSONANTS.charAt(bits >> 12))
          .append(VOWELS.charAt(bits >> 10 & 3))
          .append(CONSONANTS.charAt(bits >> 6 & 15))
          .append(VOWELS.charAt(bits >> 4 & 3))
          .append(CONSONANTS.charAt(bits & 15));
    }
    return words.toString();
  }

  /** Whether a person wrote this fingerprint, in any of the three forms. */
  public boolean isWritten(String written) {
    String exact = written.strip();
    String plain = plain(written);
    return exact.equals(text)
        || exact.equals(text + "=")
        || plain.equals(hex())
        || plain.equals(plain(words()));
  }

  private static String plain(String written) {
    return written.replaceAll("[\\s:-]", "").toLowerCase(Locale.ROOT);
  }

  private byte[] hash() {
    return Base64.getDecoder().decode(text.substring(PREFIX.length()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
