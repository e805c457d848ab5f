package org.noports.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.protocol.atkeys.LockedKeys;

/**
 * One key file on disk, with or without its passphrase. Locking and unlocking keep every byte of
 * the text inside: what other programs put there stays.
 *
 * @param atSign whose it should be
 * @param path where it is
 */
record KeyFile(AtSign atSign, Path path) {
  /** Real files have 8 to 40 KiB; what is much larger is no key file. */
  private static final int MAX_BYTES = 1024 * 1024;

  OwnedSecretFile onDisk() {
    return new OwnedSecretFile("The key file of " + atSign, path, MAX_BYTES);
  }

  /** The envelope, if it has one. */
  Optional<LockedKeys> locked() throws IdentityUnusable {
    try (Secret raw = onDisk().read()) {
      return locked(raw);
    }
  }

  /**
   * The text of the keys.
   *
   * @param passphrase gives the passphrase if one is needed
   */
  Secret text(PassphraseSource passphrase) throws IdentityUnusable {
    Secret raw = onDisk().read();
    boolean keep = false;
    try {
      Optional<LockedKeys> locked = locked(raw);
      keep = locked.isEmpty();
      return keep ? raw : opened(locked.get(), passphrase);
    } finally {
      if (!keep) {
        raw.close();
      }
    }
  }

  /** Where a passphrase comes from when a file turns out to need one. */
  interface PassphraseSource {
    /** The caller closes it. */
    Secret get() throws IdentityUnusable;
  }

  private Secret opened(LockedKeys locked, PassphraseSource source) throws IdentityUnusable {
    try (Secret passphrase = source.get()) {
      return PassphraseEnvelope.unlock(locked, passphrase);
    } catch (GeneralSecurityException e) {
      throw new IdentityUnusable(
          "The passphrase for the key file of "
              + atSign
              + " is wrong, or the file is damaged: "
              + path
              + "; try again, or restore it from a copy",
          e);
    }
  }

  private Optional<LockedKeys> locked(Secret raw) throws IdentityUnusable {
    byte[] bytes = raw.exposeSecretBytes();
    CharBuffer text = CharBuffer.allocate(0);
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return LockedKeys.find(text.toString());
    } catch (CharacterCodingException e) {
      throw damaged("it is not UTF-8 text and so not JSON", e);
    } catch (ProtocolViolation e) {
      throw damaged(e.getMessage(), e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      if (text.hasArray()) {
        Arrays.fill(text.array(), '\0');
      }
    }
  }

  /** Puts {@code text} in the place of what is there, atomically. */
  void replace(byte[] text) throws IdentityUnusable {
    try {
      OwnerOnlyFiles.replace(path, text);
    } catch (IOException e) {
      throw new IdentityUnusable(
          "The key file of "
              + atSign
              + " cannot be written: "
              + path
              + " ("
              + e.getClass().getSimpleName()
              + "); it is as it was",
          e);
    }
  }

  IdentityUnusable damaged(String why, Exception cause) {
    return new IdentityUnusable(
        "The key file of "
            + atSign
            + " cannot be used: "
            + path
            + ": "
            + why
            + "; restore it from a copy, or cut new keys",
        cause);
  }
}
