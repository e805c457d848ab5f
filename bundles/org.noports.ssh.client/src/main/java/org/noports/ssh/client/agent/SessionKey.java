package org.noports.ssh.client.agent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;

/**
 * An ed25519 key as it comes from the device: an {@code openssh-key-v1} file that is not encrypted
 * (PROTOCOL.key of OpenSSH). Kept as its 32 bytes, and wiped.
 */
public final class SessionKey implements AutoCloseable {
  /** More than such a file ever has. */
  public static final int LONGEST_TEXT = 8 * 1024;

  private static final String KIND = "ssh-ed25519";
  private static final String HEAD = "-----BEGIN OPENSSH PRIVATE KEY-----";
  private static final String FOOT = "-----END OPENSSH PRIVATE KEY-----";
  private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH = 32;

  /** What goes before the 32 bytes in PKCS #8 (RFC 8410 7). */
  private static final byte[] PKCS8 = {
    0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20
  };

  private final byte[] blob;
  private final Secret seed;

  private SessionKey(byte[] blob, Secret seed) {
    this.blob = blob;
    this.seed = seed;
  }

  /**
   * Reads a key.
   *
   * @param text the file; stays the caller's, to wipe
   */
  public static SessionKey read(byte[] text) throws ProtocolViolation {
    byte[] file = decoded(text);
    try {
      ByteBuffer rest = ByteBuffer.wrap(file);
      byte[] magic = new byte[MAGIC.length];
      rest.get(magic);
      if (!Arrays.equals(magic, MAGIC) || !plain(rest) || rest.getInt() != 1) {
        throw new IllegalArgumentException("not one unencrypted key");
      }
      byte[] blob = part(rest);
      return new SessionKey(blob, seed(ByteBuffer.wrap(file, rest.position(), rest.remaining())));
    } catch (RuntimeException e) {
      // The cause could quote a part of the key.
      throw new ProtocolViolation("The device sent something else than an ed25519 key for ssh");
    } finally {
      Arrays.fill(file, (byte) 0);
    }
  }

  /** Cipher and derivation are {@code none}, and the latter's options empty. */
  private static boolean plain(ByteBuffer rest) {
    return text(rest).equals("none") && text(rest).equals("none") && part(rest).length == 0;
  }

  private static Secret seed(ByteBuffer rest) {
    rest.getInt();
    if (rest.getInt() != rest.getInt() || !text(rest).equals(KIND)) {
      throw new IllegalArgumentException("another kind of key");
    }
    part(rest);
    byte[] both = part(rest);
    byte[] seed = Arrays.copyOf(both, LENGTH);
    Arrays.fill(both, (byte) 0);
    return Secret.owning(seed);
  }

  private static byte[] decoded(byte[] text) throws ProtocolViolation {
    byte[] body = new byte[0];
    try {
      ByteBuffer all = ByteBuffer.wrap(text);
      int head = HEAD.length();
      int foot = lastIndexOf(text, FOOT);
      if (!new String(text, 0, Math.min(head, text.length), StandardCharsets.US_ASCII).equals(HEAD)
          || foot < head) {
        throw new IllegalArgumentException("no armour");
      }
      body = new byte[foot - head];
      all.position(head).get(body);
      return Base64.getMimeDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation("The device sent something else than a key for ssh");
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  private static int lastIndexOf(byte[] text, String words) {
    byte[] wanted = words.getBytes(StandardCharsets.US_ASCII);
    for (int at = text.length - wanted.length; at >= 0; at--) {
      if (Arrays.equals(text, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }

  private static String text(ByteBuffer rest) {
    return new String(part(rest), StandardCharsets.US_ASCII);
  }

  private static byte[] part(ByteBuffer rest) {
    byte[] part = new byte[Math.min(rest.getInt(), rest.remaining())];
    rest.get(part);
    return part;
  }

  /** The public half, as SSH has it. */
  byte[] blob() {
    return blob.clone();
  }

  /** A signature as SSH has it (RFC 8709 6), by what is wiped right after. */
  byte[] sign(byte[] data) throws GeneralSecurityException {
    byte[] bytes = seed.exposeSecretBytes();
    byte[] encoded = Arrays.copyOf(PKCS8, PKCS8.length + LENGTH);
    System.arraycopy(bytes, 0, encoded, PKCS8.length, LENGTH);
    Arrays.fill(bytes, (byte) 0);
    try {
      PrivateKey key =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(data);
      return AgentWire.joined(KIND.getBytes(StandardCharsets.US_ASCII), signature.sign());
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  @Override
  public void close() {
    seed.close();
  }

  @Override
  public String toString() {
    return "SessionKey";
  }
}
