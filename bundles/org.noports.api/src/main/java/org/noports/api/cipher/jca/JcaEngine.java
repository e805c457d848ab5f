package org.noports.api.cipher.jca;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import javax.crypto.Cipher;
import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;

/**
 * One of the JCA's AEAD ciphers under one key, in one direction. The object is used for every
 * record again, each in one piece: fed piece by piece, the JDK keeps all it has opened until the
 * tag was checked. From heap array to heap array it is fastest.
 */
final class JcaEngine implements AutoCloseable {
  private final JcaAead aead;
  private final int mode;
  private final WipedKey key;
  private Cipher cipher;
  private boolean closed;

  JcaEngine(JcaAead aead, int mode, Secret secret) throws CipherUnavailable {
    if (secret.length() != aead.keyLength()) {
      throw new IllegalArgumentException(
          "A key of "
              + aead.transformation()
              + " has "
              + aead.keyLength()
              + " bytes, not "
              + secret.length());
    }
    this.aead = aead;
    this.mode = mode;
    this.cipher = fresh();
    this.key = new WipedKey(aead.key(), secret);
  }

  /**
   * Pinned by name: with a provider that somebody registers in front, such as Bouncy Castle,
   * records are sealed sixty times slower.
   */
  private Cipher fresh() throws CipherUnavailable {
    Optional<Provider> provider = Optional.ofNullable(Security.getProvider(aead.provider()));
    try {
      return provider.isPresent()
          ? Cipher.getInstance(aead.transformation(), provider.get())
          : Cipher.getInstance(aead.transformation());
    } catch (GeneralSecurityException e) {
      throw new CipherUnavailable(
          "This JDK cannot compute " + aead.transformation() + ": " + e.getMessage(), e);
    }
  }

  int tagLength() {
    return aead.tagLength();
  }

  /** One record; {@code grows} is by how much the result is longer. */
  void apply(byte[] nonce, ByteBuffer additional, ByteBuffer source, ByteBuffer target, int grows)
      throws GeneralSecurityException {
    check(nonce, source.remaining() + grows, target);
    cipher.init(mode, key, aead.parameters().apply(nonce));
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
    if (nonce.length != aead.nonceLength()) {
      throw new IllegalArgumentException(
          "A nonce has " + aead.nonceLength() + " bytes, not " + nonce.length);
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
    try (WipedKey zero = WipedKey.zero(aead.key(), aead.keyLength())) {
      // Takes the place of the round keys; the JDK has no other way to give them up.
      cipher.init(Cipher.DECRYPT_MODE, zero, aead.parameters().apply(new byte[aead.nonceLength()]));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a zero key cannot be refused", e);
    }
  }
}
