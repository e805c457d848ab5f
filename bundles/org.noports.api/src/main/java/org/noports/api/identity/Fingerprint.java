package org.noports.api.identity;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A public key in a form that two people can compare: base64 of SHA-256 over its X.509 bytes,
 * without padding, after {@code SHA256:}, as OpenSSH prints its own.
 *
 * @param text the whole text
 */
public record Fingerprint(String text) {
  public Fingerprint {
    requireNonNull(text, "text is null");
  }

  /** The fingerprint of a base64 X.509 public key. */
  public static Fingerprint ofPublicKey(String base64) {
    byte[] hash = sha256().digest(Base64.getDecoder().decode(base64.trim()));
    return new Fingerprint("SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash));
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
