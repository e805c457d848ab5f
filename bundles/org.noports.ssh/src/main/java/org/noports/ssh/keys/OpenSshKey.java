package org.noports.ssh.keys;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.noports.api.Secret;

/**
 * A fresh ed25519 key pair in OpenSSH's forms: the public half as a line's part, the private one as
 * an unencrypted {@code openssh-key-v1} file (PROTOCOL.key of OpenSSH).
 *
 * @param publicKey {@code ssh-ed25519} and the key
 * @param privateKey the file's text; the caller's to wipe
 */
record OpenSshKey(String publicKey, Secret privateKey) implements AutoCloseable {
  private static final String KIND = "ssh-ed25519";
  private static final int LENGTH = 32;
  private static final int BLOCK = 8;
  private static final int LINE = 70;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Makes one. */
  static OpenSshKey make(String comment) throws IOException {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      // Both encodings end with the 32 bytes (RFC 8410 4 and 7).
      byte[] open = tail(pair.getPublic().getEncoded());
      byte[] encoded = pair.getPrivate().getEncoded();
      byte[] seed = tail(encoded);
      Arrays.fill(encoded, (byte) 0);
      byte[] secret = secretPart(open, seed, comment);
      Arrays.fill(seed, (byte) 0);
      byte[] file = file(publicPart(open), secret);
      Arrays.fill(secret, (byte) 0);
      byte[] text = armoured(file);
      Arrays.fill(file, (byte) 0);
      String shown = KIND + " " + Base64.getEncoder().encodeToString(publicPart(open));
      return new OpenSshKey(shown, Secret.owning(text));
    } catch (GeneralSecurityException e) {
      throw new IOException("This Java has no Ed25519: " + e.getMessage(), e);
    }
  }

  private static byte[] tail(byte[] encoded) {
    return Arrays.copyOfRange(encoded, encoded.length - LENGTH, encoded.length);
  }

  private static byte[] publicPart(byte[] open) {
    Wire wire = new Wire();
    wire.put(KIND).put(open);
    return wire.bytes();
  }

  private static byte[] secretPart(byte[] open, byte[] seed, String comment) {
    int check = RANDOM.nextInt();
    byte[] both = Arrays.copyOf(seed, 2 * LENGTH);
    System.arraycopy(open, 0, both, LENGTH, LENGTH);
    Wire wire = new Wire();
    wire.put(check).put(check).put(KIND).put(open).put(both).put(comment);
    for (int pad = 1; wire.size() % BLOCK != 0; pad++) {
      wire.write(pad);
    }
    Arrays.fill(both, (byte) 0);
    return wire.bytes();
  }

  private static byte[] file(byte[] open, byte[] secret) {
    Wire wire = new Wire();
    wire.writeBytes("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII));
    wire.put("none").put("none").put("").put(1).put(open).put(secret);
    return wire.bytes();
  }

  private static byte[] armoured(byte[] file) {
    byte[] lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encode(file);
    Wire wire = new Wire();
    wire.writeBytes("-----BEGIN OPENSSH PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII));
    wire.writeBytes(lines);
    wire.writeBytes("\n-----END OPENSSH PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII));
    Arrays.fill(lines, (byte) 0);
    return wire.bytes();
  }

  @Override
  public void close() {
    privateKey.close();
  }

  /** SSH's types (RFC 4251 5); wiped when read out. */
  private static final class Wire extends ByteArrayOutputStream {
    private Wire() {
      // Large enough that no array with secrets is left behind by growing.
      super(1024);
    }

    private Wire put(String text) {
      return put(text.getBytes(StandardCharsets.UTF_8));
    }

    private Wire put(byte[] bytes) {
      put(bytes.length);
      writeBytes(bytes);
      return this;
    }

    private Wire put(int number) {
      try {
        new DataOutputStream(this).writeInt(number);
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private byte[] bytes() {
      byte[] all = toByteArray();
      Arrays.fill(buf, (byte) 0);
      return all;
    }
  }
}
