package org.noports.atserver.pq;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.noports.api.Secret;

/** The two AEADs that are used here (RFC 9180 7.3), as the JDK computes them. */
enum HpkeAead {
  AES_256_GCM(2, "AES/GCM/NoPadding", "AES"),
  CHACHA20_POLY1305(3, "ChaCha20-Poly1305", "ChaCha20");

  /** Bytes of a key, Nk. */
  static final int KEY = 32;

  /** Bytes of a nonce, Nn. */
  static final int NONCE = 12;

  /** Bytes that a ciphertext is longer than its text, Nt. */
  static final int TAG = 16;

  private final int id;
  private final String transformation;
  private final String keyName;

  HpkeAead(int id, String transformation, String keyName) {
    this.id = id;
    this.transformation = transformation;
    this.keyName = keyName;
  }

  /** Its number in RFC 9180. */
  int id() {
    return id;
  }

  /** The ciphertext with its tag behind it. A nonce serves once for each key. */
  byte[] seal(Secret key, byte[] nonce, byte[] additional, byte[] clear) {
    try {
      return compute(Cipher.ENCRYPT_MODE, key, nonce, additional, clear);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK has " + transformation, e);
    }
  }

  /**
   * The text.
   *
   * @throws GeneralSecurityException if anything of key, nonce, additional bytes or ciphertext is
   *     not what it was sealed with
   */
  byte[] open(Secret key, byte[] nonce, byte[] additional, byte[] sealed)
      throws GeneralSecurityException {
    return compute(Cipher.DECRYPT_MODE, key, nonce, additional, sealed);
  }

  private byte[] compute(int mode, Secret key, byte[] nonce, byte[] additional, byte[] input)
      throws GeneralSecurityException {
    byte[] bytes = key.exposeSecretBytes();
    try {
      Cipher cipher = Cipher.getInstance(transformation);
      cipher.init(mode, new SecretKeySpec(bytes, keyName), parameters(nonce));
      cipher.updateAAD(additional);
      return cipher.doFinal(input);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private AlgorithmParameterSpec parameters(byte[] nonce) {
    return this == AES_256_GCM ? new GCMParameterSpec(8 * TAG, nonce) : new IvParameterSpec(nonce);
  }
}
