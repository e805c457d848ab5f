package org.noports.atserver.pq;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.atserver.pq.SealRefused.Reason;

/**
 * The seal (docs/protocol/atprotocol.md 7.1): one byte that names the suite, two with the length of
 * the encapsulation, the encapsulation, and the ciphertext with its tag. What is behind the first
 * three bytes is RFC 9180 and nothing else; the additional bytes are empty.
 */
final class Seals {
  private static final int HEADER = 3;
  private static final byte[] NOTHING = new byte[0];

  private final Hpke hpke;

  Seals(Hpke hpke) {
    this.hpke = requireNonNull(hpke, "hpke is null");
  }

  /**
   * Seals for the owner of {@code publicKey}.
   *
   * @param info what the seal is for; whoever opens it must name the same
   * @throws ProtocolViolation if it is no public key of the suite
   */
  byte[] seal(HpkeSuite suite, byte[] publicKey, byte[] info, Secret clear)
      throws ProtocolViolation, CipherUnavailable {
    byte[] bytes = clear.exposeSecretBytes();
    try {
      Hpke.Message made = hpke.seal(suite, publicKey, info, NOTHING, bytes);
      int length = made.encapsulation().length;
      if (length != suite.sizes().encapsulation()) {
        throw new CipherUnavailable(
            "An encapsulation of " + suite + " has " + length + " bytes: nobody could open it");
      }
      return ByteBuffer.allocate(HEADER + length + made.sealed().length)
          .put((byte) suite.version())
          .putShort((short) length)
          .put(made.encapsulation())
          .put(made.sealed())
          .array();
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /**
   * The suite of a seal, which says whose key opens it.
   *
   * @throws SealRefused if it is none, or of a version that is not known
   */
  static HpkeSuite suite(byte[] seal) throws SealRefused {
    if (seal.length < HEADER) {
      throw malformed("it has " + seal.length + " bytes", null);
    }
    Optional<HpkeSuite> suite = HpkeSuite.ofVersion(seal[0] & 0xff);
    return suite.orElseThrow(
        () ->
            new SealRefused(
                Reason.VERSION, "A seal of version " + (seal[0] & 0xff) + " is not known", null));
  }

  /** What was sealed for the key that is made of {@code seed}; the caller closes it. */
  Secret open(byte[] seal, Secret seed, byte[] info) throws SealRefused, CipherUnavailable {
    HpkeSuite suite = suite(seal);
    try {
      return Secret.owning(hpke.open(suite, seed, info, NOTHING, message(suite, seal)));
    } catch (ProtocolViolation e) {
      throw malformed(e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw new SealRefused(
          Reason.AUTHENTICATION, "The seal is not for this key and this use, or was changed", e);
    }
  }

  private static Hpke.Message message(HpkeSuite suite, byte[] seal) throws SealRefused {
    ByteBuffer rest = ByteBuffer.wrap(seal).position(1);
    int length = rest.getShort() & 0xffff;
    if (length != suite.sizes().encapsulation() || rest.remaining() < length + HpkeAead.TAG) {
      throw malformed("its encapsulation has " + length + " of " + rest.remaining(), null);
    }
    byte[] encapsulation = new byte[length];
    rest.get(encapsulation);
    byte[] sealed = new byte[rest.remaining()];
    rest.get(sealed);
    return new Hpke.Message(encapsulation, sealed);
  }

  private static SealRefused malformed(String why, Throwable cause) {
    return new SealRefused(Reason.MALFORMED, "It is no seal: " + why, cause);
  }
}
