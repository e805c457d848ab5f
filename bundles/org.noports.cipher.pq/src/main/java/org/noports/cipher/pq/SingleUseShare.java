package org.noports.cipher.pq;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.KeyShare;

/** One key pair of one exchange, whose private half is overwritten once it has served. */
final class SingleUseShare implements KeyShare {
  private final byte[] publicKey;
  private final AtomicReference<Optional<PrivateHalf>> privateHalf;

  /** What opens an encapsulation. */
  interface PrivateHalf {
    Secret open(byte[] encapsulated) throws ProtocolViolation, CipherUnavailable;

    /** Overwrites it. */
    void wipe();
  }

  SingleUseShare(byte[] publicKey, PrivateHalf privateHalf) {
    this.publicKey = publicKey.clone();
    this.privateHalf = new AtomicReference<>(Optional.of(privateHalf));
  }

  /** A copy of a seed, for who wipes it. */
  static byte[] seed(String algorithm, Secret seed, int length) throws CipherUnavailable {
    if (seed.length() != length) {
      throw new CipherUnavailable(
          "A seed of " + algorithm + " has " + length + " bytes, not " + seed.length());
    }
    return seed.exposeSecretBytes();
  }

  @Override
  public byte[] publicKey() {
    return publicKey.clone();
  }

  @Override
  public Secret open(byte[] encapsulated) throws ProtocolViolation, CipherUnavailable {
    PrivateHalf once =
        privateHalf
            .getAndSet(Optional.empty())
            .orElseThrow(() -> new IllegalStateException("The key share was used or closed"));
    try {
      return once.open(encapsulated);
    } finally {
      once.wipe();
    }
  }

  @Override
  public void close() {
    privateHalf.getAndSet(Optional.empty()).ifPresent(PrivateHalf::wipe);
  }

  @Override
  public String toString() {
    return "SingleUseShare[" + publicKey.length + " bytes]";
  }
}
