package org.noports.testkit.fakes;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyAgreement;
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
