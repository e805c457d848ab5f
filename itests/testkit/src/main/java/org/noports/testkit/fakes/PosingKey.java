package org.noports.testkit.fakes;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.identity.SigningKey;

/**
 * A key that passes for ML-DSA-65 among fakes: the JDK's Ed25519, which every Java platform has and
 * which is as good where it matters only that a key signs and another does not.
 */
public final class PosingKey implements SigningKey {
  private final KeyPair pair;

  private PosingKey(KeyPair pair) {
    this.pair = pair;
  }

  public static PosingKey cut() {
    try {
      return new PosingKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** What {@link SignatureAlgorithm#verifies} is for such keys. */
  public static boolean verifies(String publicKey, byte[] message, byte[] signature) {
    try {
      PublicKey open =
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey)));
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(open);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public String algorithm() {
    return SignatureAlgorithm.ML_DSA_65;
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
