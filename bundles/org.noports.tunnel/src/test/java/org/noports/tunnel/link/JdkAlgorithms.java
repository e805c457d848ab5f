package org.noports.tunnel.link;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
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
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.api.tunnel.Suites;

/** The suites of NP2 straight from the JDK; it counts the keys that are in use. */
public final class JdkAlgorithms implements Suites {
  public static final JdkAlgorithms BOTH =
      new JdkAlgorithms(Suite.X25519_AES_256_GCM, Suite.X25519_CHACHA20_POLY1305);

  final AtomicInteger keysInUse = new AtomicInteger();
  private final List<Suite> suites;

  JdkAlgorithms(Suite... suites) {
    this.suites = List.of(suites);
  }

  @Override
  public List<Suite> usable() {
    return suites;
  }

  @Override
  public Optional<SuiteAlgorithms> algorithms(Suite suite) {
    return suites.contains(suite)
        ? Optional.of(
            new SuiteAlgorithms(
                suite,
                new X25519(),
                new Hkdf(),
                new Aead(suite.cipher().equals(RecordCipher.AES_256_GCM))))
        : Optional.empty();
  }

  private interface Computation<T> {
    T run() throws GeneralSecurityException;
  }

  private static <T> T jdk(Computation<T> computation) {
    try {
      return computation.run();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Aead implements RecordCipher {
    private final boolean aes;

    Aead(boolean aes) {
      this.aes = aes;
    }

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
      return new Engine(aes, key);
    }

    @Override
    public RecordOpen opening(Secret key) {
      return new Engine(aes, key);
    }
  }

  private final class Engine implements RecordSeal, RecordOpen {
    private final Cipher cipher;
    private final SecretKeySpec key;
    private final boolean aes;
    private boolean closed;

    Engine(boolean aes, Secret secret) {
      this.aes = aes;
      cipher = jdk(() -> Cipher.getInstance(aes ? "AES/GCM/NoPadding" : "ChaCha20-Poly1305"));
      key = new SecretKeySpec(secret.exposeSecretBytes(), aes ? "AES" : "ChaCha20");
      keysInUse.incrementAndGet();
    }

    private void run(int mode, byte[] nonce, ByteBuffer additional, ByteBuffer in, ByteBuffer out)
        throws GeneralSecurityException {
      if (closed) {
        throw new IllegalStateException("The key is closed");
      }
      cipher.init(mode, key, aes ? new GCMParameterSpec(128, nonce) : new IvParameterSpec(nonce));
      cipher.updateAAD(additional);
      cipher.doFinal(in, out);
    }

    @Override
    public void seal(byte[] nonce, ByteBuffer additional, ByteBuffer clear, ByteBuffer sealed) {
      jdk(
          () -> {
            run(Cipher.ENCRYPT_MODE, nonce, additional, clear, sealed);
            return 0;
          });
    }

    @Override
    public void open(byte[] nonce, ByteBuffer additional, ByteBuffer sealed, ByteBuffer clear)
        throws ProtocolViolation {
      try {
        run(Cipher.DECRYPT_MODE, nonce, additional, sealed, clear);
      } catch (GeneralSecurityException e) {
        throw new ProtocolViolation("The tag is wrong", e);
      }
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        keysInUse.decrementAndGet();
      }
    }
  }

  private static final class Hkdf implements KeyDerivation {
    @Override
    public int hashLength() {
      return 32;
    }

    @Override
    public byte[] hash(byte[]... parts) {
      return jdk(
          () -> {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
              digest.update(part);
            }
            return digest.digest();
          });
    }

    private static byte[] mac(byte[] key, byte[]... parts) {
      return jdk(
          () -> {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
              mac.update(part);
            }
            return mac.doFinal();
          });
    }

    @Override
    public Secret extract(byte[] salt, Secret keyMaterial) {
      return Secret.owning(mac(salt, keyMaterial.exposeSecretBytes()));
    }

    @Override
    public Secret expand(Secret pseudoRandomKey, byte[] info, int length) {
      byte[] whole = mac(pseudoRandomKey.exposeSecretBytes(), info, new byte[] {1});
      return Secret.owning(Arrays.copyOf(whole, length));
    }

    @Override
    public byte[] authenticate(Secret key, byte[]... parts) {
      return mac(key.exposeSecretBytes(), parts);
    }
  }

  private static final class X25519 implements KeyAgreement {
    private static KeyPair pair() {
      return jdk(() -> KeyPairGenerator.getInstance("X25519").generateKeyPair());
    }

    private static Secret agree(KeyPair own, byte[] other) throws ProtocolViolation {
      try {
        var agreement = javax.crypto.KeyAgreement.getInstance("X25519");
        agreement.init(own.getPrivate());
        agreement.doPhase(
            KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(other)), true);
        return Secret.owning(agreement.generateSecret());
      } catch (GeneralSecurityException e) {
        throw new ProtocolViolation("The key is no key", e);
      }
    }

    @Override
    public KeyShare generate() {
      KeyPair pair = pair();
      return new KeyShare() {
        @Override
        public byte[] publicKey() {
          return pair.getPublic().getEncoded();
        }

        @Override
        public Secret open(byte[] encapsulated) throws ProtocolViolation {
          return agree(pair, encapsulated);
        }

        @Override
        public void close() {
          // The JDK's keys cannot be wiped.
        }
      };
    }

    @Override
    public Encapsulation encapsulate(byte[] publicKey) throws ProtocolViolation {
      KeyPair pair = pair();
      return new Encapsulation(pair.getPublic().getEncoded(), agree(pair, publicKey));
    }
  }
}
