package org.noports.cipher.modern;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.function.Function;
import javax.crypto.Cipher;
import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;

/**
 * One of the JDK's AEAD ciphers under one key, in one direction. The object is used for every
 * record again, each in one piece: fed piece by piece, the JDK keeps all it has opened until the
 * tag was checked. From heap array to heap array it is fastest.
 */
final class RecordEngine implements AutoCloseable {
  static final int NONCE = 12;
  static final int TAG = 16;
  static final int KEY = 32;

  /** What tells one AEAD from another. */
  record Algorithm(
      String transformation, String key, Function<byte[], AlgorithmParameterSpec> parameters) {}

  private final Algorithm algorithm;
  private final int mode;
  private final WipedKey key;
  private Cipher cipher;
  private boolean closed;

  RecordEngine(Algorithm algorithm, int mode, Secret secret) throws CipherUnavailable {
    if (secret.length() != KEY) {
      throw new IllegalArgumentException(
          "A key of " + algorithm.transformation + " has 32 bytes, not " + secret.length());
    }
    this.algorithm = algorithm;
    this.mode = mode;
    this.cipher = fresh();
    this.key = new WipedKey(algorithm.key, secret);
  }

  private Cipher fresh() throws CipherUnavailable {
    return JdkEngine.get(
        JdkEngine.CIPHERS,
        provider -> Cipher.getInstance(algorithm.transformation, provider),
        () -> Cipher.getInstance(algorithm.transformation));
  }

  /** One record; {@code grows} is by how much the result is longer. */
  void apply(byte[] nonce, ByteBuffer additional, ByteBuffer source, ByteBuffer target, int grows)
      throws GeneralSecurityException {
    check(nonce, source.remaining() + grows, target);
    cipher.init(mode, key, algorithm.parameters.apply(nonce));
    authenticate(additional);
    if (source.hasArray() && target.hasArray()) {
      int done =
          cipher.doFinal(
              source.array(),
              source.arrayOffset() + source.position(),
              source.remaining(),
              target.array(),
              target.arrayOffset() + target.position());
      source.position(source.limit());
      target.position(target.position() + done);
    } else {
      cipher.doFinal(source, target);
    }
  }

  /**
   * As an array, never as a buffer: the JDK's Poly1305 reads whole blocks of 16 bytes by the
   * buffer's byte order, and computes another tag than RFC 8439 from one that is big-endian.
   */
  private void authenticate(ByteBuffer additional) {
    byte[] bytes = new byte[additional.remaining()];
    additional.get(bytes);
    cipher.updateAAD(bytes);
  }

  /** The JDK refuses a nonce twice in a row; for opening, that is none of its business. */
  void forgetNonce() throws CipherUnavailable {
    cipher = fresh();
  }

  private void check(byte[] nonce, int length, ByteBuffer target) {
    if (closed) {
      throw new IllegalStateException("The key is wiped");
    }
    if (nonce.length != NONCE) {
      throw new IllegalArgumentException("A nonce has 12 bytes, not " + nonce.length);
    }
    if (target.remaining() < length) {
      throw new IllegalArgumentException(
          "The destination has room for " + target.remaining() + " bytes, not for " + length);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    key.close();
    try (WipedKey zero = WipedKey.zero(algorithm.key, KEY)) {
      // Takes the place of the round keys; the JDK has no other way to give them up.
      cipher.init(Cipher.DECRYPT_MODE, zero, algorithm.parameters.apply(new byte[NONCE]));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a zero key cannot be refused", e);
    }
  }
}
