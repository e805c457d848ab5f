package org.noports.cipher.pq;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.security.spec.XECPrivateKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.KeyAgreement;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;

/**
 * X25519 (RFC 7748) on raw scalars and coordinates of 32 bytes, as the JDK computes it: the
 * classical half of {@link XWing}. The JDK's own provider is asked where it is there: another one
 * that somebody has registered in front may be much slower.
 */
final class X25519Half {
  /** Bytes of a scalar, of a public key and of a secret. */
  static final int LENGTH = 32;

  private static final String NAME = "X25519";
  private static final String PROVIDER = "SunEC";

  /** What stands before the 32 bytes in a key's X.509 form (RFC 8410 4). */
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b656e032100");

  /** The base point (RFC 7748 6.1). */
  private static final byte[] BASE = Arrays.copyOf(new byte[] {9}, LENGTH);

  private X25519Half() {}

  /** The public key of a scalar. */
  static byte[] publicKey(byte[] scalar) throws CipherUnavailable {
    try {
      return agree(scalar, BASE);
    } catch (ProtocolViolation e) {
      throw new CipherUnavailable("This JDK refuses the base point of X25519", e);
    }
  }

  /**
   * The shared coordinate; the caller wipes it.
   *
   * @throws ProtocolViolation if the point gives the all-zero one
   */
  static byte[] agree(byte[] scalar, byte[] point) throws CipherUnavailable, ProtocolViolation {
    byte[] encoded = Arrays.copyOf(X509, X509.length + LENGTH);
    System.arraycopy(point, 0, encoded, X509.length, LENGTH);
    KeyAgreement agreement;
    PublicKey theirs;
    try {
      Optional<Provider> own = Optional.ofNullable(Security.getProvider(PROVIDER));
      KeyFactory keys =
          own.isPresent() ? KeyFactory.getInstance(NAME, own.get()) : KeyFactory.getInstance(NAME);
      agreement =
          own.isPresent()
              ? KeyAgreement.getInstance(NAME, own.get())
              : KeyAgreement.getInstance(NAME);
      PrivateKey ours =
          keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar));
      agreement.init(ours);
      theirs = keys.generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new CipherUnavailable("This JDK cannot compute X25519: " + e, e);
    }
    return agree(agreement, theirs);
  }

  private static byte[] agree(KeyAgreement agreement, PublicKey theirs) throws ProtocolViolation {
    try {
      agreement.doPhase(theirs, true);
      byte[] shared = agreement.generateSecret();
      int any = 0;
      for (byte b : shared) {
        any |= b;
      }
      if (any != 0) {
        return shared;
      }
    } catch (GeneralSecurityException e) {
      // The JDK's way to refuse a point of small order.
      throw new ProtocolViolation("A public key of X25519 that gives no secret", e);
    }
    throw new ProtocolViolation("A public key of X25519 that gives no secret");
  }
}
