package org.noports.api.tunnel;

import static java.util.Objects.requireNonNull;

import org.noports.api.Secret;

/**
 * Key and initial counter block of one direction.
 *
 * @param key the key
 * @param iv the initial counter block; not secret, but unique for the key
 */
public record DirectionKey(Secret key, byte[] iv) implements AutoCloseable {
  public DirectionKey {
    requireNonNull(key, "key is null");
    iv = requireNonNull(iv, "iv is null").clone();
  }

  @Override
  public byte[] iv() {
    return iv.clone();
  }

  @Override
  public void close() {
    key.close();
  }

  @Override
  public String toString() {
    return "DirectionKey[" + key + "]";
  }
}
