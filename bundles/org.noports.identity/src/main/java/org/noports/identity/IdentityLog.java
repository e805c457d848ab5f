package org.noports.identity;

import java.nio.file.Path;
import java.util.List;
import org.noports.api.AtSign;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every event sentence of this bundle; the word in front is the event's stable name. */
final class IdentityLog {
  private static final Logger LOG = LoggerFactory.getLogger("org.noports.identity");

  private IdentityLog() {}

  static void foldersSet(List<Path> folders) {
    LOG.info("key-folders: looking for key files in {}", folders);
  }

  static void keysRead(AtSign atSign, Path file) {
    LOG.info("keys-read: {} from {}", atSign, file);
  }

  static void keysTooOpen(AtSign atSign, Path file) {
    LOG.warn(
        "keys-too-open: others on this machine may read the keys of {}; run: chmod 600 {}",
        atSign,
        file);
  }
}
