package org.noports.tunnel.link;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noports.api.CipherUnavailable;
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

/**
 * The same ciphers and the same keys for each of a million links: what was once derived is
 * remembered, a key is set up once, and the key agreement computes nothing and is always the same.
 * Each record is sealed and opened for real. For one thread.
 */
final class QuickAlgorithms implements Suites {
  private final Map<ByteBuffer, byte[]> derived = new HashMap<>();
  private final Map<ByteBuffer, RecordSeal> sealing = new HashMap<>();
  private final Map<ByteBuffer, RecordOpen> opening = new HashMap<>();

  @Override
  public List<Suite> usable() {
    return JdkAlgorithms.BOTH.usable();
  }

  @Override
  public Optional<SuiteAlgorithms> algorithms(Suite suite) {
    return JdkAlgorithms.BOTH
        .algorithms(suite)
        .map(
            real ->
                new SuiteAlgorithms(
                    suite,
                    new Agreement(),
                    new Derivation(real.derivation()),
                    new Ciphers(suite.cipher(), real.cipher())));
  }

  private interface Step {
    byte[] run() throws CipherUnavailable;
  }

  private byte[] remembered(Step step, byte[]... inputs) throws CipherUnavailable {
    int length = 0;
    for (byte[] input : inputs) {
      length += 4 + input.length;
    }
    ByteBuffer key = ByteBuffer.allocate(length);
    for (byte[] input : inputs) {
      key.putInt(input.length).put(input);
    }
    key.flip();
    byte[] known = derived.get(key);
    if (known == null) {
      known = step.run();
      derived.put(key, known);
    }
    return known.clone();
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
    public Secret extract(byte[] salt, Secret material) throws CipherUnavailable {
      return real.extract(salt, material);
    }

    @Override
    public Secret expand(Secret key, byte[] info, int length) throws CipherUnavailable {
      return Secret.owning(
          remembered(
              () -> real.expand(key, info, length).exposeSecretBytes(),
              key.exposeSecretBytes(),
              info,
              new byte[length]));
    }

    @Override
    public byte[] authenticate(Secret key, byte[]... parts) throws CipherUnavailable {
      byte[][] all = Arrays.copyOf(parts, parts.length + 1);
      all[parts.length] = key.exposeSecretBytes();
      return remembered(() -> real.authenticate(key, parts), all);
    }
  }

  private final class Ciphers implements RecordCipher {
    private final byte name;
    private final RecordCipher real;

    Ciphers(String name, RecordCipher real) {
      this.name = (byte) name.charAt(0);
      this.real = real;
    }

    @Override
    public int keyLength() {
      return real.keyLength();
    }

    @Override
    public int nonceLength() {
      return real.nonceLength();
    }

    @Override
    public int tagLength() {
      return real.tagLength();
    }

    private ByteBuffer known(Secret key) {
      byte[] bytes = Arrays.copyOf(key.exposeSecretBytes(), key.length() + 1);
      bytes[key.length()] = name;
      return ByteBuffer.wrap(bytes);
    }

    @Override
    public RecordSeal sealing(Secret key) throws CipherUnavailable {
      ByteBuffer known = known(key);
      if (!sealing.containsKey(known)) {
        sealing.put(
            known, new RememberedSeal(known.array(), real, Secret.copyOf(key.exposeSecretBytes())));
      }
      return sealing.get(known);
    }

    @Override
    public RecordOpen opening(Secret key) throws CipherUnavailable {
      if (name != 'a') {
        // Nor does it open one twice under ChaCha20.
        return real.opening(key);
      }
      ByteBuffer known = known(key);
      if (!opening.containsKey(known)) {
        opening.put(known, real.opening(key));
      }
      RecordOpen open = opening.get(known);
      return new RecordOpen() {
        @Override
        public void open(byte[] nonce, ByteBuffer additional, ByteBuffer in, ByteBuffer clear)
            throws ProtocolViolation {
          open.open(nonce, additional, in, clear);
        }

        @Override
        public void close() {
          // Another link will want it.
        }
      };
    }
  }

  /** The JDK seals no nonce twice in a row; and what was sealed once stays the same. */
  private final class RememberedSeal implements RecordSeal {
    private final byte[] name;
    private final RecordCipher real;
    private final Secret key;

    RememberedSeal(byte[] name, RecordCipher real, Secret key) {
      this.name = name;
      this.real = real;
      this.key = key;
    }

    @Override
    public void seal(byte[] nonce, ByteBuffer additional, ByteBuffer clear, ByteBuffer sealed) {
      byte[] content = new byte[clear.remaining()];
      clear.get(content);
      byte[] header = new byte[additional.remaining()];
      additional.get(header);
      try {
        sealed.put(remembered(() -> once(nonce, header, content), name, nonce, header, content));
      } catch (CipherUnavailable e) {
        throw new IllegalStateException(e);
      }
    }

    private byte[] once(byte[] nonce, byte[] header, byte[] content) throws CipherUnavailable {
      ByteBuffer out = ByteBuffer.allocate(content.length + real.tagLength());
      try (RecordSeal seal = real.sealing(key)) {
        seal.seal(nonce, ByteBuffer.wrap(header), ByteBuffer.wrap(content), out);
      }
      return out.array();
    }

    @Override
    public void close() {
      // Another link will want it.
    }
  }

  /** No secret at all, and the same each time. */
  private static final class Agreement implements KeyAgreement {
    @Override
    public KeyShare generate() {
      return new KeyShare() {
        @Override
        public byte[] publicKey() {
          return new byte[32];
        }

        @Override
        public Secret open(byte[] encapsulated) throws ProtocolViolation {
          if (encapsulated.length != 32) {
            throw new ProtocolViolation("An encapsulation has 32 bytes");
          }
          return Secret.copyOf(encapsulated);
        }

        @Override
        public void close() {
          // Nothing to wipe.
        }
      };
    }

    @Override
    public Encapsulation encapsulate(byte[] publicKey) throws ProtocolViolation {
      if (publicKey.length != 32) {
        throw new ProtocolViolation("A share has 32 bytes");
      }
      return new Encapsulation(new byte[32], Secret.owning(new byte[32]));
    }
  }
}
