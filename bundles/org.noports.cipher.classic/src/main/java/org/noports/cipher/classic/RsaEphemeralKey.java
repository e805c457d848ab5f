package org.noports.cipher.classic;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.cipher.EphemeralKey;

/** One key pair of one session. The JDK cannot wipe RSA keys: closing lets go of it. */
final class RsaEphemeralKey implements EphemeralKey {
  private final String publicKey;
  private volatile Optional<PrivateKey> privateKey;

  RsaEphemeralKey(KeyPair pair) {
    this.publicKey = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    this.privateKey = Optional.of(pair.getPrivate());
  }

  @Override
  public String publicKey() {
    return publicKey;
  }

  @Override
  public byte[] unwrap(byte[] wrapped) throws ProtocolViolation {
    PrivateKey key =
        privateKey.orElseThrow(() -> new IllegalStateException("The ephemeral key is closed"));
    try {
      return Rsa2048KeyTransport.cipher(Cipher.DECRYPT_MODE, key).doFinal(wrapped);
    } catch (GeneralSecurityException | CipherUnavailable e) {
      throw new ProtocolViolation("The secret was not wrapped for this session's key", e);
    }
  }

  @Override
  public void close() {
    privateKey = Optional.empty();
  }

  @Override
  public String toString() {
    return "RsaEphemeralKey";
  }
}
