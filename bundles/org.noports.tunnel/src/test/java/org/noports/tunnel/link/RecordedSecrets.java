package org.noports.tunnel.link;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.KeyShare;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.api.tunnel.Suites;
import org.noports.cipher.modern.Aes256Gcm;
import org.noports.cipher.modern.ChaCha20Poly1305;
import org.noports.cipher.modern.HkdfSha256;
import org.noports.cipher.modern.X25519;

/**
 * The algorithms of a real installation, and every secret that came out of them or went into them:
 * not as it is, or it would be found where it must not be.
 */
final class RecordedSecrets implements Suites {
  private static final byte MASK = 0x5c;

  private final List<byte[]> masked = new CopyOnWriteArrayList<>();

  Secret seen(Secret secret) {
    byte[] bytes = secret.exposeSecretBytes();
    flip(bytes);
    masked.add(bytes);
    return secret;
  }

  private static void flip(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= MASK;
    }
  }

  /** All of them, as they were. From now on they are in memory. */
  List<byte[]> unmasked() {
    return masked.stream()
        .map(
            bytes -> {
              byte[] clear = bytes.clone();
              flip(clear);
              return clear;
            })
        .toList();
  }

  @Override
  public List<Suite> usable() {
    return List.of(Suite.X25519_AES_256_GCM, Suite.X25519_CHACHA20_POLY1305);
  }

  @Override
  public Optional<SuiteAlgorithms> algorithms(Suite suite) {
    boolean aes = suite.cipher().equals(RecordCipher.AES_256_GCM);
    return Optional.of(
        new SuiteAlgorithms(
            suite,
            new Agreement(new X25519()),
            new Derivation(new HkdfSha256()),
            aes ? new Aes256Gcm() : new ChaCha20Poly1305()));
  }

  private final class Derivation implements KeyDerivation {
    private final KeyDerivation real;

    Derivation(KeyDerivation real) {
      this.real = real;
    }

    @Override
    public int hashLength() {
      return real.hashLength();
    }

    @Override
    public byte[] hash(byte[]... parts) throws CipherUnavailable {
      return real.hash(parts);
    }

    @Override
    public Secret extract(byte[] salt, Secret keyMaterial) throws CipherUnavailable {
      return seen(real.extract(salt, seen(keyMaterial)));
    }

    @Override
    public Secret expand(Secret key, byte[] info, int length) throws CipherUnavailable {
      return seen(real.expand(seen(key), info, length));
    }

    @Override
    public byte[] authenticate(Secret key, byte[]... parts) throws CipherUnavailable {
      return real.authenticate(seen(key), parts);
    }
  }

  private final class Agreement implements KeyAgreement {
    private final KeyAgreement real;

    Agreement(KeyAgreement real) {
      this.real = real;
    }

    @Override
    public KeyShare generate() throws CipherUnavailable {
      return real.generate();
    }

    @Override
    public Encapsulation encapsulate(byte[] publicKey) throws CipherUnavailable, ProtocolViolation {
      Encapsulation made = real.encapsulate(publicKey);
      seen(made.secret());
      return made;
    }
  }
}
