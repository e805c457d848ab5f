package org.noports.api.identity;

import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;

/**
 * One atSign's keys, to be used but not seen. Thread-safe; every call is a computation of about a
 * millisecond and never blocks on I/O.
 */
public interface Identity {
  AtSign atSign();

  /** The enrollment that the key file belongs to; empty for an atSign's first, unlimited keys. */
  Optional<String> enrollmentId();

  /**
   * Base64 of the X.509 form of the encryption key pair's public half: {@code public:publickey}.
   */
  String encryptionPublicKey();

  /** Base64 of the X.509 form of the authentication (PKAM) key pair's public half. */
  String authenticationPublicKey();

  /** RSASSA-PKCS1-v1_5 with SHA-256 by the authentication key: PKAM and ESCR (noports.md 4.2). */
  byte[] signAsAuthentication(byte[] message);

  /** RSASSA-PKCS1-v1_5 with SHA-256 by the encryption key: envelopes (noports.md 2.5). */
  byte[] signAsEncryption(byte[] message);

  /**
   * The key that signs requests and answers beside RSA, for peers that can verify it (np2.md 11);
   * empty if the key file has none.
   */
  default Optional<SigningKey> signingKey() {
    return Optional.empty();
  }

  /**
   * The key that authenticates to our atServer in the place of {@link #signAsAuthentication}, where
   * the key file has one; challenges of relays stay with RSA (noports.md 4.2).
   */
  default Optional<SigningKey> authenticationKey() {
    return Optional.empty();
  }

  /** What is to be published as our signing keys (noports.md 4.2): one RSA key, or a list. */
  default String signingKeyRecord() {
    return authenticationPublicKey();
  }

  /**
   * Whether relays that read {@link #signingKeyRecord} believe answers to challenges, which RSA
   * signs: not where the record offers a stronger algorithm.
   */
  default boolean answersChallenges() {
    return true;
  }

  /**
   * Opens what was wrapped for {@link #encryptionPublicKey} by RSAES-PKCS1-v1_5.
   *
   * @throws IdentityUnusable if it was not wrapped for this key
   */
  byte[] unwrap(byte[] wrapped) throws IdentityUnusable;

  /** SHA-256 fingerprint of the encryption public key: what two people compare. */
  Fingerprint fingerprint();
}
