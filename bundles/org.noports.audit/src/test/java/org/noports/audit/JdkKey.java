package org.noports.audit;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.identity.SigningKey;
import org.noports.api.identity.SigningKeyFiles;

/** Keys of the JDK's own, kept in memory by the names of their files. */
final class JdkKey implements SigningKey {
  private final KeyPair pair;

  JdkKey() {
    try {
      pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static SigningKeyFiles files() {
    Map<Path, SigningKey> keys = new ConcurrentHashMap<>();
    return file -> keys.computeIfAbsent(file, made -> new JdkKey());
  }

  @Override
  public String algorithm() {
    return SigningKeyFiles.ALGORITHM;
  }

  @Override
  public String publicKey() {
    return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(pair.getPrivate());
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
