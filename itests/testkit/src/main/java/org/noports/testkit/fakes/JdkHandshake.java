package org.noports.testkit.fakes;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.KeyShare;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.RecordOpen;
import org.noports.api.cipher.RecordSeal;

/** What a handshake of NP2 computes, by the JDK; public keys in their X.509 form. */
final class JdkHandshake {
  private JdkHandshake() {}

  static final class X25519 implements KeyAgreement {
    @Override
    public KeyShare generate() {
      return new Share(pair());
    }

    @Override
    public Encapsulation encapsulate(byte[] publicKey) throws ProtocolViolation {
      KeyPair fresh = pair();
      return new Encapsulation(fresh.getPublic().getEncoded(), agree(fresh, publicKey));
    }
  }

  private record Share(KeyPair pair) implements KeyShare {
    @Override
    public byte[] publicKey() {
      return pair.getPublic().getEncoded();
    }

    @Override
    public Secret open(byte[] encapsulated) throws ProtocolViolation {
      return agree(pair, encapsulated);
    }

    @Override
    public void close() {}
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("X25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Secret agree(KeyPair ours, byte[] theirs) throws ProtocolViolation {
    try {
      PublicKey other =
          KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(theirs));
      javax.crypto.KeyAgreement agreement = javax.crypto.KeyAgreement.getInstance("X25519");
      agreement.init(ours.getPrivate());
      agreement.doPhase(other, true);
      return Secret.owning(agreement.generateSecret());
    } catch (GeneralSecurityException e) {
      throw new ProtocolViolation("no public key", e);
    }
  }

  /** HKDF for at most one hash of output. */
  static final class Sha256 implements KeyDerivation {
    @Override
    public int hashLength() {
      return 32;
    }

    @Override
    public byte[] hash(byte[]... parts) {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (byte[] part : parts) {
          digest.update(part);
        }
        return digest.digest();
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public Secret extract(byte[] salt, Secret keyMaterial) {
      return Secret.owning(authenticate(Secret.copyOf(salt), keyMaterial.exposeSecretBytes()));
    }

    @Override
    public Secret expand(Secret pseudoRandomKey, byte[] info, int length) {
      return Secret.owning(
          Arrays.copyOf(authenticate(pseudoRandomKey, info, new byte[] {1}), length));
    }

    @Override
    public byte[] authenticate(Secret key, byte[]... parts) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.exposeSecretBytes(), "HmacSHA256"));
        for (byte[] part : parts) {
          mac.update(part);
        }
        return mac.doFinal();
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Fake tunnel ends carry nothing, so nothing is sealed. */
  static final class Unsealed implements RecordCipher {
    @Override
    public int keyLength() {
      return 32;
    }

    @Override
    public int nonceLength() {
      return 12;
    }

    @Override
    public int tagLength() {
      return 16;
    }

    @Override
    public RecordSeal sealing(Secret key) {
      throw new UnsupportedOperationException("Fake tunnel ends carry nothing");
    }

    @Override
    public RecordOpen opening(Secret key) {
      throw new UnsupportedOperationException("Fake tunnel ends carry nothing");
    }
  }
}
