package org.noports.api.cipher.jca;

import java.util.Arrays;
import javax.crypto.SecretKey;
import org.noports.api.Secret;

/** A key as the JDK wants it whose bytes can be overwritten; the JDK's own cannot. */
public final class WipedKey implements SecretKey, AutoCloseable {
  private static final long serialVersionUID = 1L;

  private final String algorithm;
  private final transient byte[] bytes;

  /** Copies {@code secret}; the caller wipes its own. */
  public WipedKey(String algorithm, Secret secret) {
    this(algorithm, secret.exposeSecretBytes());
  }

  private WipedKey(String algorithm, byte[] bytes) {
    this.algorithm = algorithm;
    this.bytes = bytes;
  }

  /** No secret: what takes a real key's place inside the JDK's objects. */
  public static WipedKey zero(String algorithm, int length) {
    return new WipedKey(algorithm, new byte[length]);
  }

  @Override
  public String getAlgorithm() {
    return algorithm;
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  /** A copy: the JDK overwrites the ones it gets. */
  @Override
  public byte[] getEncoded() {
    return bytes.clone();
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "WipedKey[" + algorithm + "]";
  }
}
