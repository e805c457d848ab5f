package org.noports.api.cipher;

import static java.util.Objects.requireNonNull;

import org.noports.api.Secret;

/**
 * A secret, and what lets the other end of a {@link KeyAgreement} have the same.
 *
 * @param bytes to be sent to the share's owner; not secret
 * @param secret belongs to the caller, who wipes it
 */
public record Encapsulation(byte[] bytes, Secret secret) implements AutoCloseable {
  public Encapsulation {
    bytes = requireNonNull(bytes, "bytes is null").clone();
    requireNonNull(secret, "secret is null");
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public void close() {
    secret.close();
  }

  @Override
  public String toString() {
    return "Encapsulation[" + bytes.length + " bytes]";
  }
}
