package org.noports.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.protocol.atkeys.AtKeysFile;
import org.noports.protocol.json.JsonObject;

/** Writes a key file that was not there before, as every program of the atPlatform reads it. */
final class NewKeyFile {
  private NewKeyFile() {}

  /**
   * What makes a key file one of an enrollment.
   *
   * @param id what the atServer calls it
   * @param symmetricKey base64 text
   */
  record Enrolled(String id, Secret symmetricKey) {}

  /** Early, so that nobody cuts keys in vain; {@link #write} checks again. */
  static void requireAbsent(AtSign atSign, Path file) throws IdentityUnusable {
    if (Files.exists(file)) {
      throw exists(atSign, file, null);
    }
  }

  static KeyFileIdentity write(
      AtSign atSign,
      Path file,
      RsaPair authentication,
      RsaPair encryption,
      SelfCipher cipher,
      Optional<Enrolled> enrolled)
      throws IdentityUnusable {
    MlDsaPair signing = MlDsaPair.cut();
    byte[] text = text(atSign, authentication, encryption, cipher, enrolled, signing);
    try {
      OwnerOnlyFiles.create(file, text);
    } catch (FileAlreadyExistsException e) {
      throw exists(atSign, file, e);
    } catch (IOException e) {
      throw new IdentityUnusable(
          "Cannot write the keys of "
              + atSign
              + " to "
              + file
              + ": "
              + e.getClass().getSimpleName()
              + "; choose a folder that you may write to",
          e);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
    return new KeyFileIdentity(
        atSign,
        enrolled.map(Enrolled::id),
        authentication,
        encryption,
        new KeyFileIdentity.PostQuantum(Optional.of(signing), Optional.empty(), false));
  }

  private static byte[] text(
      AtSign atSign,
      RsaPair authentication,
      RsaPair encryption,
      SelfCipher cipher,
      Optional<Enrolled> enrolled,
      MlDsaPair signing) {
    try (AtKeysFile keys =
        new AtKeysFile(
            sealedPublic(cipher, authentication),
            Optional.of(sealedPrivate(cipher, authentication)),
            sealedPublic(cipher, encryption),
            sealedPrivate(cipher, encryption),
            cipher.keyText(),
            enrolled.map(Enrolled::symmetricKey).map(NewKeyFile::copy),
            enrolled.map(Enrolled::id),
            Optional.of(atSign),
            typed(atSign, enrolled.map(Enrolled::id), signing))) {
      return keys.toText().getBytes(StandardCharsets.UTF_8);
    }
  }

  private static JsonObject typed(AtSign atSign, Optional<String> enrollment, MlDsaPair signing) {
    try {
      return RewriteTypedKeys.added(JsonObject.builder().build(), atSign, enrollment, signing);
    } catch (ProtocolViolation e) {
      throw new IllegalStateException("An empty object has no field of a wrong type", e);
    }
  }

  private static Secret copy(Secret secret) {
    return Secret.owning(secret.exposeSecretBytes());
  }

  private static String sealedPublic(SelfCipher cipher, RsaPair pair) {
    return cipher.seal(pair.publicText().getBytes(StandardCharsets.US_ASCII));
  }

  private static String sealedPrivate(SelfCipher cipher, RsaPair pair) {
    try (Secret text = pair.privateText()) {
      byte[] clear = text.exposeSecretBytes();
      try {
        return cipher.seal(clear);
      } finally {
        Arrays.fill(clear, (byte) 0);
      }
    }
  }

  private static IdentityUnusable exists(AtSign atSign, Path file, Exception cause) {
    return new IdentityUnusable(
        "There are keys at "
            + file
            + " already: use them, or choose another file for the new keys of "
            + atSign
            + "; a key file is never overwritten",
        cause);
  }
}
