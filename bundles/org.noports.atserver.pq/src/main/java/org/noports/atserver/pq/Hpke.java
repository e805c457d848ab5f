package org.noports.atserver.pq;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.KeyShare;

/**
 * RFC 9180 in Base mode, one message for each encapsulation. It hides a text from all but the owner
 * of a key; it does not say who sealed it: anybody can.
 */
final class Hpke {
  private static final byte[] VERSION = "HPKE-v1".getBytes(US_ASCII);
  private static final byte[] NOTHING = new byte[0];

  /** Without a pre-shared key and without a sender's key. */
  private static final byte BASE_MODE = 0;

  private final CipherCatalogue ciphers;

  Hpke(CipherCatalogue ciphers) {
    this.ciphers = requireNonNull(ciphers, "ciphers is null");
  }

  /**
   * What is sent.
   *
   * @param encapsulation the KEM's part
   * @param sealed the ciphertext with its tag
   */
  record Message(byte[] encapsulation, byte[] sealed) {
    @Override
    public String toString() {
      return "Message[" + encapsulation.length + " + " + sealed.length + " bytes]";
    }
  }

  /** What both ends compute of a shared secret (RFC 9180 5.1); closed by whoever asked for it. */
  record Schedule(Secret key, byte[] nonce) implements AutoCloseable {
    @Override
    public void close() {
      key.close();
    }

    @Override
    public String toString() {
      return "Schedule";
    }
  }

  /**
   * Seals for the owner of {@code publicKey}.
   *
   * @param info both ends must name the same; it is not sent
   * @param additional neither is this
   * @throws ProtocolViolation if it is no public key of the suite
   */
  Message seal(HpkeSuite suite, byte[] publicKey, byte[] info, byte[] additional, byte[] clear)
      throws ProtocolViolation, CipherUnavailable {
    try (Encapsulation made = ciphers.keyAgreement(suite.agreement()).encapsulate(publicKey);
        Schedule schedule = schedule(suite, made.secret(), info)) {
      byte[] sealed = suite.aead().seal(schedule.key(), schedule.nonce(), additional, clear);
      return new Message(made.bytes(), sealed);
    }
  }

  /**
   * Opens what was sealed for the key that is made of {@code seed}. The caller wipes the result.
   *
   * @throws ProtocolViolation if the KEM refuses the encapsulation
   * @throws GeneralSecurityException if anything of it was changed, or it was sealed for another
   */
  byte[] open(HpkeSuite suite, Secret seed, byte[] info, byte[] additional, Message message)
      throws ProtocolViolation, CipherUnavailable, GeneralSecurityException {
    try (KeyShare share = ciphers.keyAgreement(suite.agreement()).restore(seed);
        Secret shared = share.open(message.encapsulation());
        Schedule schedule = schedule(suite, shared, info)) {
      return suite.aead().open(schedule.key(), schedule.nonce(), additional, message.sealed());
    }
  }

  /** The key schedule, whose first nonce is the base nonce itself. */
  Schedule schedule(HpkeSuite suite, Secret shared, byte[] info) throws CipherUnavailable {
    KeyDerivation kdf = ciphers.keyDerivation(suite.derivation());
    byte[] context =
        joined(
            new byte[] {BASE_MODE},
            exposed(extract(kdf, suite, NOTHING, "psk_id_hash", NOTHING)),
            exposed(extract(kdf, suite, NOTHING, "info_hash", info)));
    byte[] salt = shared.exposeSecretBytes();
    try (Secret secret = extract(kdf, suite, salt, "secret", NOTHING);
        Secret nonce = expand(kdf, suite, secret, "base_nonce", context, HpkeAead.NONCE)) {
      Secret key = expand(kdf, suite, secret, "key", context, HpkeAead.KEY);
      return new Schedule(key, nonce.exposeSecretBytes());
    } finally {
      Arrays.fill(salt, (byte) 0);
    }
  }

  /** {@code LabeledExtract} (RFC 9180 4). */
  private static Secret extract(
      KeyDerivation kdf, HpkeSuite suite, byte[] salt, String label, byte[] material)
      throws CipherUnavailable {
    byte[] labeled = joined(VERSION, suite.id(), label.getBytes(US_ASCII), material);
    try (Secret input = Secret.owning(labeled)) {
      return kdf.extract(salt, input);
    }
  }

  /** {@code LabeledExpand} (RFC 9180 4). */
  private static Secret expand(
      KeyDerivation kdf, HpkeSuite suite, Secret secret, String label, byte[] info, int length)
      throws CipherUnavailable {
    byte[] size = {(byte) (length >>> Byte.SIZE), (byte) length};
    byte[] labeled = joined(size, VERSION, suite.id(), label.getBytes(US_ASCII), info);
    return kdf.expand(secret, labeled, length);
  }

  /** Hashes of what is no secret. */
  private static byte[] exposed(Secret hash) {
    try (hash) {
      return hash.exposeSecretBytes();
    }
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
