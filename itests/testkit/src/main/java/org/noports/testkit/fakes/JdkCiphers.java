package org.noports.testkit.fakes;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.Subscription;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.EphemeralKey;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.KeyStream;
import org.noports.api.cipher.KeyTransport;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.cipher.StreamCipher;
import org.noports.api.tunnel.Suite;

/** The algorithms of level L1 as the JDK has them; a knob withdraws them all. */
public final class JdkCiphers implements CipherCatalogue {
  private volatile boolean withdrawn;
  private volatile boolean cutOnce;
  private volatile boolean postQuantum;
  private volatile List<Suite> np2 = List.of();

  /** From now on nothing is present. */
  public void withdraw() {
    withdrawn = true;
  }

  /** From now on these suites are present as well; all agree by X25519, and none seals. */
  public void add(Suite... suites) {
    np2 = List.of(suites);
  }

  /** From now on ML-DSA-65 can be verified, or no more; what signs is {@link PosingKey}. */
  public void verifyPostQuantum(boolean can) {
    postQuantum = can;
  }

  /** From now on session keys are the same pair each time: for tests of hundreds of sessions. */
  public void cutOnce() {
    cutOnce = true;
  }

  private static final class Once {
    private static final KeyPair PAIR = pair();

    private static KeyPair pair() {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void check(String algorithm) throws CipherUnavailable {
    if (withdrawn) {
      throw new CipherUnavailable(algorithm + " is not present");
    }
  }

  @Override
  public StreamCipher streamCipher(String algorithm) {
    return new AesCtr();
  }

  @Override
  public KeyTransport keyTransport(String algorithm) {
    return new Rsa();
  }

  @Override
  public SignatureAlgorithm signature(String algorithm) {
    return (publicKey, message, signature) -> {
      check(algorithm);
      if (algorithm.equals(SignatureAlgorithm.ML_DSA_65)) {
        return PosingKey.verifies(publicKey, message, signature);
      }
      try {
        Signature verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(read(publicKey));
        verifier.update(message);
        return verifier.verify(signature);
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        return false;
      }
    };
  }

  @Override
  public RecordCipher recordCipher(String algorithm) {
    return new JdkHandshake.Unsealed();
  }

  @Override
  public KeyAgreement keyAgreement(String algorithm) {
    return new JdkHandshake.X25519();
  }

  @Override
  public KeyDerivation keyDerivation(String algorithm) {
    return algorithm.equals(KeyDerivation.SHA_384) ? new JdkDerivation(384) : new JdkDerivation();
  }

  /** The parts of suites that NP2 needs, if they are present. */
  @Override
  public Subscription onChange(Runnable changed) {
    return () -> {};
  }

  @Override
  public List<PresentAlgorithm> present() {
    Stream<PresentAlgorithm> signatures =
        postQuantum
            ? Stream.of(present(PresentAlgorithm.SIGNATURE, SignatureAlgorithm.ML_DSA_65))
            : Stream.empty();
    Stream<PresentAlgorithm> parts =
        np2.stream()
            .flatMap(
                suite ->
                    Stream.of(
                        present(PresentAlgorithm.KEY_AGREEMENT, suite.keyAgreement()),
                        present(PresentAlgorithm.KEY_DERIVATION, suite.hash()),
                        present(PresentAlgorithm.RECORD, suite.cipher())));
    return withdrawn ? List.of() : Stream.concat(signatures, parts).distinct().toList();
  }

  private static PresentAlgorithm present(String kind, String name) {
    return new PresentAlgorithm(kind, name, "jdk-ciphers 1.0", "JDK", true);
  }

  private static PublicKey read(String base64) throws GeneralSecurityException {
    byte[] encoded = Base64.getDecoder().decode(base64);
    return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
  }

  private final class AesCtr implements StreamCipher {
    @Override
    public int keyLength() {
      return 32;
    }

    @Override
    public int ivLength() {
      return 16;
    }

    @Override
    public KeyStream start(Secret key, byte[] iv) throws CipherUnavailable {
      check(AES_256_CTR);
      try {
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(
            Cipher.ENCRYPT_MODE,
            new SecretKeySpec(key.exposeSecretBytes(), "AES"),
            new IvParameterSpec(iv));
        return new JdkKeyStream(cipher);
      } catch (GeneralSecurityException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }

  private record JdkKeyStream(Cipher cipher) implements KeyStream {
    @Override
    public void apply(ByteBuffer source, ByteBuffer destination) {
      try {
        cipher.update(source, destination);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {}
  }

  private final class Rsa implements KeyTransport {
    @Override
    public EphemeralKey generate() throws CipherUnavailable {
      check(RSA_2048);
      try {
        if (cutOnce) {
          return new Ephemeral(Once.PAIR);
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return new Ephemeral(generator.generateKeyPair());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public byte[] wrap(String publicKey, byte[] clear) throws CipherUnavailable, ProtocolViolation {
      check(RSA_2048);
      try {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, read(publicKey));
        return cipher.doFinal(clear);
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        throw new ProtocolViolation("not a public key", e);
      }
    }
  }

  private record Ephemeral(KeyPair pair) implements EphemeralKey {
    @Override
    public String publicKey() {
      return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    @Override
    public byte[] unwrap(byte[] wrapped) throws ProtocolViolation {
      try {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate());
        return cipher.doFinal(wrapped);
      } catch (GeneralSecurityException e) {
        throw new ProtocolViolation("not wrapped for this key", e);
      }
    }

    @Override
    public void close() {}
  }
}
