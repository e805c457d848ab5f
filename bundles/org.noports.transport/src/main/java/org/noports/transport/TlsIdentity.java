package org.noports.transport;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * What one side of TLS shows and proves that it is: two PEM files.
 *
 * @param chain our certificate, then those of the CAs above it
 * @param key the private key, PKCS#8 without a passphrase
 */
public record TlsIdentity(Path chain, Path key) {
  public TlsIdentity {
    requireNonNull(chain, "chain is null");
    requireNonNull(key, "key is null");
  }
}
