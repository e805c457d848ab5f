package org.noports.cipher.modern;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyShare;
import org.noports.api.cipher.PresentAlgorithm;
import org.osgi.service.component.annotations.Component;

/** X25519 (RFC 7748) with a fresh key pair at both ends. */
@Component(
    property = {
      KeyAgreement.ALGORITHM + "=" + KeyAgreement.X25519,
      PresentAlgorithm.ENGINE + "=" + JdkEngine.CURVES
    })
public final class X25519 implements KeyAgreement {
  private static final String NAME = "X25519";
  private static final int LENGTH = 32;

  /** What stands before the 32 bytes in a key's X.509 form (RFC 8410 4). */
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b656e032100");

  @Override
  public KeyShare generate() throws CipherUnavailable {
    return new X25519Share(pair());
  }

  @Override
  public Encapsulation encapsulate(byte[] publicKey) throws CipherUnavailable, ProtocolViolation {
    PublicKey theirs = read(publicKey);
    KeyPair ours = pair();
    return new Encapsulation(raw(ours.getPublic()), agree(ours.getPrivate(), theirs));
  }

  private static KeyPair pair() throws CipherUnavailable {
    return JdkEngine.get(
            JdkEngine.CURVES,
            provider -> KeyPairGenerator.getInstance(NAME, provider),
            () -> KeyPairGenerator.getInstance(NAME))
        .generateKeyPair();
  }

  static byte[] raw(PublicKey key) {
    byte[] encoded = key.getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - LENGTH, encoded.length);
  }

  static PublicKey read(byte[] raw) throws CipherUnavailable, ProtocolViolation {
    if (raw.length != LENGTH) {
      throw new ProtocolViolation("A public key of X25519 has 32 bytes, not " + raw.length);
    }
    byte[] encoded = Arrays.copyOf(X509, X509.length + LENGTH);
    System.arraycopy(raw, 0, encoded, X509.length, LENGTH);
    KeyFactory factory =
        JdkEngine.get(
            JdkEngine.CURVES,
            provider -> KeyFactory.getInstance(NAME, provider),
            () -> KeyFactory.getInstance(NAME));
    try {
      return factory.generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new ProtocolViolation("Not a public key of X25519", e);
    }
  }

  static Secret agree(PrivateKey ours, PublicKey theirs)
      throws CipherUnavailable, ProtocolViolation {
    javax.crypto.KeyAgreement agreement =
        JdkEngine.get(
            JdkEngine.CURVES,
            provider -> javax.crypto.KeyAgreement.getInstance(NAME, provider),
            () -> javax.crypto.KeyAgreement.getInstance(NAME));
    byte[] shared = new byte[0];
    try {
      agreement.init(ours);
      agreement.doPhase(theirs, true);
      shared = agreement.generateSecret();
      if (isZero(shared)) {
        throw new ProtocolViolation("A public key of X25519 that gives no secret");
      }
      return Secret.copyOf(shared);
    } catch (GeneralSecurityException e) {
      // The JDK's way to refuse a point of small order.
      throw new ProtocolViolation("A public key of X25519 that gives no secret", e);
    } finally {
      Arrays.fill(shared, (byte) 0);
    }
  }

  private static boolean isZero(byte[] bytes) {
    int any = 0;
    for (byte b : bytes) {
      any |= b;
    }
    return any == 0;
  }
}
