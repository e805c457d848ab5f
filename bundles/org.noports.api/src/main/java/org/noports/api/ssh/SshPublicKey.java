package org.noports.api.ssh;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A public key as SSH names it: what stands in a {@code .pub} file before the remark.
 *
 * @param kind such as {@code ssh-ed25519} (RFC 4253 6.6)
 * @param encoded the key's blob, base64
 */
public record SshPublicKey(String kind, String encoded) {
  /** Of an RSA key of 16,384 bits, the largest that OpenSSH takes, and room. */
  private static final int LONGEST = 4096;

  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9@.-]{2,63}");

  public SshPublicKey {
    requireNonNull(kind, "kind is null");
    requireNonNull(encoded, "encoded is null");
    if (!KIND.matcher(kind).matches() || encoded.length() > LONGEST) {
      throw new IllegalArgumentException("This is no public key of SSH");
    }
    if (!kindIn(Base64.getDecoder().decode(encoded)).equals(Optional.of(kind))) {
      throw new IllegalArgumentException("This is no public key of the kind " + kind);
    }
  }

  /**
   * Reads {@code KIND BASE64 [REMARK]}.
   *
   * @throws IllegalArgumentException with a full sentence, if the text is not that
   */
  public static SshPublicKey of(String line) {
    String[] words = line.trim().split("\\s+", 3);
    if (words.length < 2) {
      throw new IllegalArgumentException("This is no public key of SSH");
    }
    return new SshPublicKey(words[0], words[1]);
  }

  /**
   * The key in a blob (RFC 4253 6.6).
   *
   * @throws IllegalArgumentException with a full sentence, if it is none
   */
  public static SshPublicKey ofBlob(byte[] blob) {
    return new SshPublicKey(
        kindIn(blob)
            .orElseThrow(() -> new IllegalArgumentException("This is no public key of SSH")),
        Base64.getEncoder().encodeToString(blob));
  }

  private static Optional<String> kindIn(byte[] blob) {
    ByteBuffer bytes = ByteBuffer.wrap(blob);
    if (bytes.remaining() < Integer.BYTES) {
      return Optional.empty();
    }
    int length = bytes.getInt();
    if (length < 1 || length > bytes.remaining()) {
      return Optional.empty();
    }
    byte[] kind = Arrays.copyOfRange(blob, Integer.BYTES, Integer.BYTES + length);
    return Optional.of(new String(kind, StandardCharsets.US_ASCII));
  }

  /** The fingerprint as OpenSSH prints it, {@code SHA256:…}. */
  public String fingerprint() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(encoded));
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return kind + " " + encoded;
  }
}
