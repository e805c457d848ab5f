package org.noports.atserver.pq;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;

/**
 * The suites of RFC 9180 that seals are made of. The first byte of a seal names the whole suite:
 * its KEM is fixed by the key that is sealed to, and with the KEM everything else.
 */
enum HpkeSuite {
  /** X-Wing, HKDF-SHA-256, ChaCha20-Poly1305. */
  X_WING(
      0x02,
      0x647a,
      1,
      HpkeAead.CHACHA20_POLY1305,
      KeyAgreement.X_WING,
      KeyDerivation.SHA_256,
      new Sizes(1216, 1120, 32)),

  /** ML-KEM-1024 alone, HKDF-SHA-384, AES-256-GCM. */
  ML_KEM_1024(
      0x03,
      0x0042,
      2,
      HpkeAead.AES_256_GCM,
      KeyAgreement.ML_KEM_1024,
      KeyDerivation.SHA_384,
      new Sizes(1568, 1568, 64));

  private static final byte[] HPKE = "HPKE".getBytes(StandardCharsets.US_ASCII);

  private final int version;
  private final int kem;
  private final int kdf;
  private final HpkeAead aead;
  private final String agreement;
  private final String derivation;
  private final Sizes sizes;

  /**
   * Of a KEM's texts, in bytes.
   *
   * @param publicKey of a public key
   * @param encapsulation of an encapsulation, Nenc
   * @param seed that a key pair is made of
   */
  record Sizes(int publicKey, int encapsulation, int seed) {}

  HpkeSuite(
      int version,
      int kem,
      int kdf,
      HpkeAead aead,
      String agreement,
      String derivation,
      Sizes sizes) {
    this.version = version;
    this.kem = kem;
    this.kdf = kdf;
    this.aead = aead;
    this.agreement = agreement;
    this.derivation = derivation;
    this.sizes = sizes;
  }

  /** The suite whose seals begin with that byte. */
  static Optional<HpkeSuite> ofVersion(int version) {
    return Arrays.stream(values()).filter(suite -> suite.version == version).findFirst();
  }

  /** First byte of its seals. */
  int version() {
    return version;
  }

  HpkeAead aead() {
    return aead;
  }

  /** Its KEM as the catalogue names it. */
  String agreement() {
    return agreement;
  }

  /** Its KDF as the catalogue names it. */
  String derivation() {
    return derivation;
  }

  Sizes sizes() {
    return sizes;
  }

  /** {@code suite_id} (RFC 9180 5.1). */
  byte[] id() {
    return ByteBuffer.allocate(HPKE.length + 3 * Short.BYTES)
        .put(HPKE)
        .putShort((short) kem)
        .putShort((short) kdf)
        .putShort((short) aead.id())
        .array();
  }
}
