package org.noports.api.identity;

import java.nio.file.Path;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;

/** Makes the keys of an atSign on this machine and writes them to its key file. */
public interface KeyCutter {
  /**
   * Cuts a fresh set of keys and writes {@code file}, readable by its owner only, atomically.
   *
   * @return the identity that was cut
   * @throws IdentityUnusable if the file exists (it is never overwritten) or cannot be written
   */
  Identity cut(AtSign atSign, Path file) throws IdentityUnusable;
}
