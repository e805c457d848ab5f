package org.noports.cipher.modern;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.KeyShare;

/** One key pair of one exchange. The JDK cannot wipe its private keys: closing lets go of it. */
final class X25519Share implements KeyShare {
  private final byte[] publicKey;
  private final AtomicReference<Optional<PrivateKey>> privateKey;

  X25519Share(KeyPair pair) {
    this.publicKey = X25519.raw(pair.getPublic());
    this.privateKey = new AtomicReference<>(Optional.of(pair.getPrivate()));
  }

  @Override
  public byte[] publicKey() {
    return publicKey.clone();
  }

  @Override
  public Secret open(byte[] encapsulated) throws ProtocolViolation, CipherUnavailable {
    PrivateKey once =
        privateKey
            .getAndSet(Optional.empty())
            .orElseThrow(() -> new IllegalStateException("The key share was used or closed"));
    return X25519.agree(once, X25519.read(encapsulated));
  }

  @Override
  public void close() {
    privateKey.set(Optional.empty());
  }

  @Override
  public String toString() {
    return "X25519Share";
  }
}
