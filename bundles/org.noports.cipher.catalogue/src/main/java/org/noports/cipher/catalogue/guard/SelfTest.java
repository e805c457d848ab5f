package org.noports.cipher.catalogue.guard;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.EphemeralKey;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.KeyShare;
import org.noports.api.cipher.KeyStream;
import org.noports.api.cipher.KeyTransport;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.RecordOpen;
import org.noports.api.cipher.RecordSeal;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.cipher.StreamCipher;

/**
 * Tries a plug-in on itself before anybody else gets it. It finds what does nothing at all, not
 * what is weak: published vectors and the testkit's contracts are for that.
 */
public final class SelfTest {
  private static final int[] RECORDS = {0, 1, 17, 1000};
  private static final int SAMPLE = 100;

  private SelfTest() {}

  /** What a plug-in did that it must not. */
  public static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String how) {
      super(how);
    }
  }

  static void record(RecordCipher cipher) throws CipherUnavailable, ProtocolViolation, Failed {
    byte[] key = pattern(cipher.keyLength());
    try (RecordSeal seal = cipher.sealing(Secret.owning(key.clone()));
        RecordOpen open = cipher.opening(Secret.owning(key))) {
      byte[] nonce = new byte[cipher.nonceLength()];
      for (int length : RECORDS) {
        nonce[0]++;
        byte[] clear = pattern(length);
        ByteBuffer sealed = ByteBuffer.allocate(length + cipher.tagLength());
        seal.seal(nonce, additional(), ByteBuffer.wrap(clear), sealed);
        same("a sealed record, opened", clear, opened(open, nonce, sealed.array(), length));
        if (length > 16 && startsWith(sealed.array(), clear)) {
          throw new Failed("a sealed record shows its content");
        }
        byte[] changed = sealed.array().clone();
        changed[changed.length - 1] ^= 1;
        refused(open, nonce, changed, length);
      }
    }
  }

  private static ByteBuffer additional() {
    return ByteBuffer.wrap(new byte[] {1, 2, 3, 4});
  }

  private static byte[] opened(RecordOpen open, byte[] nonce, byte[] sealed, int length)
      throws ProtocolViolation {
    ByteBuffer clear = ByteBuffer.allocate(length);
    open.open(nonce, additional(), ByteBuffer.wrap(sealed), clear);
    return Arrays.copyOf(clear.array(), clear.position());
  }

  private static void refused(RecordOpen open, byte[] nonce, byte[] sealed, int length)
      throws Failed {
    try {
      opened(open, nonce, sealed, length);
    } catch (ProtocolViolation expected) {
      return;
    }
    throw new Failed("a record with a changed bit was opened");
  }

  static void stream(StreamCipher cipher) throws CipherUnavailable, Failed {
    byte[] key = pattern(cipher.keyLength());
    byte[] iv = new byte[cipher.ivLength()];
    byte[] clear = pattern(SAMPLE);
    byte[] hidden = stream(cipher, key, iv, clear);
    if (Arrays.equals(hidden, clear)) {
      throw new Failed("a stream shows its content");
    }
    same("a stream, back and forth", clear, stream(cipher, key, iv, hidden));
  }

  private static byte[] stream(StreamCipher cipher, byte[] key, byte[] iv, byte[] bytes)
      throws CipherUnavailable {
    ByteBuffer made = ByteBuffer.allocate(bytes.length);
    try (KeyStream stream = cipher.start(Secret.copyOf(key), iv)) {
      stream.apply(ByteBuffer.wrap(bytes), made);
    }
    return made.array();
  }

  static void agreement(KeyAgreement agreement)
      throws CipherUnavailable, ProtocolViolation, Failed {
    try (KeyShare share = agreement.generate();
        KeyShare other = agreement.generate();
        Encapsulation made = agreement.encapsulate(share.publicKey());
        Secret opened = share.open(made.bytes())) {
      if (!equal(made.secret(), opened)) {
        throw new Failed("the secret of one end is not the other's");
      }
      if (Arrays.equals(share.publicKey(), other.publicKey())) {
        throw new Failed("two shares are equal");
      }
    }
  }

  static void derivation(KeyDerivation derivation) throws CipherUnavailable, Failed {
    byte[] whole = pattern(SAMPLE);
    byte[] start = Arrays.copyOf(whole, 7);
    byte[] rest = Arrays.copyOfRange(whole, 7, whole.length);
    same("a hash of parts", derivation.hash(whole), derivation.hash(start, rest));
    try (Secret key = Secret.copyOf(whole);
        Secret one = derivation.expand(key, new byte[] {1}, SAMPLE);
        Secret shorter = derivation.expand(key, new byte[] {1}, 1);
        Secret beginning = start(one, 1);
        Secret other = derivation.expand(key, new byte[] {2}, SAMPLE)) {
      if (!equal(beginning, shorter)) {
        throw new Failed("a shorter key is not the start of a longer one");
      }
      if (equal(one, other)) {
        throw new Failed("two labels give one key");
      }
    }
  }

  static void transport(KeyTransport transport)
      throws CipherUnavailable, ProtocolViolation, Failed {
    byte[] clear = pattern(32);
    try (EphemeralKey key = transport.generate()) {
      same("a wrapped key", clear, key.unwrap(transport.wrap(key.publicKey(), clear)));
    }
  }

  static void signature(SignatureAlgorithm algorithm) throws CipherUnavailable, Failed {
    if (algorithm.verifies("", new byte[1], new byte[SAMPLE])) {
      throw new Failed("a signature of zeros by no key is good");
    }
  }

  private static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (31 * i + 7);
    }
    return bytes;
  }

  private static boolean equal(Secret one, Secret other) {
    byte[] first = one.exposeSecretBytes();
    byte[] second = other.exposeSecretBytes();
    try {
      return MessageDigest.isEqual(first, second);
    } finally {
      Arrays.fill(first, (byte) 0);
      Arrays.fill(second, (byte) 0);
    }
  }

  private static Secret start(Secret of, int length) {
    byte[] whole = of.exposeSecretBytes();
    try {
      return Secret.owning(Arrays.copyOf(whole, length));
    } finally {
      Arrays.fill(whole, (byte) 0);
    }
  }

  private static boolean startsWith(byte[] sealed, byte[] clear) {
    return Arrays.equals(Arrays.copyOf(sealed, clear.length), clear);
  }

  private static void same(String what, byte[] expected, byte[] found) throws Failed {
    if (!MessageDigest.isEqual(expected, found)) {
      throw new Failed(what + " is not what it was");
    }
  }
}
