package org.noports.api.identity;

import java.nio.file.Path;
import org.noports.api.IdentityUnusable;
import org.noports.api.Secret;

/** Secrets that somebody put into a file of their own instead of typing them. */
public interface SecretFiles {
  /**
   * The first line of {@code file}, without its end. Reads a file; not for an I/O loop.
   *
   * @param what it is, for messages: {@code the passphrase}
   * @return the caller closes it
   * @throws IdentityUnusable if the file belongs to somebody else, may be read by others, is not
   *     there or is empty
   */
  Secret firstLine(String what, Path file) throws IdentityUnusable;
}
