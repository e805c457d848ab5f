package org.noports.api.identity;

import java.nio.file.Path;
import org.noports.api.IdentityUnusable;

/** Signing keys of this instance's own, which belong to no atSign. */
public interface SigningKeyFiles {
  /** What these keys sign by: Ed25519 (RFC 8032). */
  String ALGORITHM = "ed25519";

  /**
   * The Ed25519 key in {@code file}; if there is no such file, a key is made and written, readable
   * by its owner only, atomically. Reads and writes files; not for an I/O loop.
   *
   * @return its public half is base64 of the X.509 form (RFC 8410)
   * @throws IdentityUnusable if the file is somebody else's, may be read by others, has another
   *     kind of key, or cannot be written
   */
  SigningKey openOrMake(Path file) throws IdentityUnusable;
}
