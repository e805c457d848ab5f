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

  static void authenticationKeyInUse(AtSign atSign, Path file) {
    LOG.info(
        "authentication-key-in-use: {} authenticates by ML-DSA-65 from now on; the key is in {}",
        atSign,
        file);
  }

  static void signingKeyAdded(AtSign atSign, Path file) {
    LOG.info("signing-key-added: {} signs by ML-DSA-65 as well, with a key in {}", atSign, file);
  }

  static void keysUnlocked(AtSign atSign, Path file) {
    LOG.info("keys-unlocked: {} with a passphrase that was typed, from {}", atSign, file);
  }

  static void keysLocked(AtSign atSign) {
    LOG.info("keys-locked: the key file of {} has a new passphrase", atSign);
  }

  static void keysExposed(AtSign atSign) {
    LOG.warn("keys-exposed: the key file of {} has no passphrase any more", atSign);
  }
}
