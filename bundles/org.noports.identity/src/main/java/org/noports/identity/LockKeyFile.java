package org.noports.identity;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.noports.api.IdentityUnusable;
import org.noports.api.Secret;
import org.noports.protocol.atkeys.LockedKeys;

/**
 * The story of a key file that gets a passphrase, another one, or none: read, checked that its keys
 * are whole, written anew.
 */
final class LockKeyFile {
  /** Argon2 makes guessing slow, not impossible: shorter ones are guessed. */
  private static final int LEAST_BYTES = 8;

  private LockKeyFile() {}

  static void protect(KeyFile file, Secret current, Secret fresh) throws IdentityUnusable {
    if (fresh.length() < LEAST_BYTES) {
      throw new IdentityUnusable(
          "A passphrase of fewer than "
              + LEAST_BYTES
              + " bytes protects nothing; choose a longer one for the key file of "
              + file.atSign());
    }
    try (Secret text = checked(file, current)) {
      LockedKeys locked = PassphraseEnvelope.lock(text, fresh);
      file.replace(locked.toText().getBytes(StandardCharsets.US_ASCII));
    }
  }

  static void expose(KeyFile file, Secret current) throws IdentityUnusable {
    try (Secret text = checked(file, current)) {
      byte[] bytes = text.exposeSecretBytes();
      try {
        file.replace(bytes);
      } finally {
        Arrays.fill(bytes, (byte) 0);
      }
    }
  }

  private static Secret checked(KeyFile file, Secret current) throws IdentityUnusable {
    Secret text = file.text(() -> KeyFolderIdentities.copyOf(current));
    boolean whole = false;
    try {
      AtKeysReader.check(file, text);
      whole = true;
      return text;
    } finally {
      if (!whole) {
        text.close();
      }
    }
  }
}
