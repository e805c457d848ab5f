package org.noports.api.cipher;

import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes many independent keys of one secret, none of which tells anything of another or of the
 * secret: HKDF (RFC 5869) and HMAC (RFC 2104) over one hash, and that hash itself.
 *
 * <p>A plug-in: register it with the property {@link #ALGORITHM}. Thread-safe. Secrets that are
 * handed in stay the caller's; secrets that come out are the caller's to wipe.
 */
@ConsumerType
public interface KeyDerivation {
  /** Service property: the name of the hash, for example {@link #SHA_256}. */
  String ALGORITHM = "noports.cipher.key-derivation";

  /** HKDF-SHA-256 and HMAC-SHA-256. */
  String SHA_256 = "sha256";

  /** HKDF-SHA-384 and HMAC-SHA-384. */
  String SHA_384 = "sha384";

  /** Length of a hash, and of what {@link #extract} gives, in bytes. */
  int hashLength();

  /** The hash of all parts one behind the other; the caller separates them as it needs. */
  byte[] hash(byte[]... parts) throws CipherUnavailable;

  /** HKDF-Extract: a uniform secret of what only has entropy. */
  Secret extract(byte[] salt, Secret keyMaterial) throws CipherUnavailable;

  /**
   * HKDF-Expand.
   *
   * @param length in bytes, at most 255 hashes
   * @throws IllegalArgumentException if more is asked for
   */
  Secret expand(Secret pseudoRandomKey, byte[] info, int length) throws CipherUnavailable;

  /** HMAC of all parts one behind the other. Compare results in constant time. */
  byte[] authenticate(Secret key, byte[]... parts) throws CipherUnavailable;
}
