package org.noports.identity;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.Secret;
import org.noports.api.identity.Identity;
import org.noports.api.identity.KeyCutter;
import org.noports.protocol.atkeys.AtKeysFile;
import org.noports.protocol.json.JsonObject;
import org.osgi.service.component.annotations.Component;

/**
 * Cuts two RSA pairs and a symmetric key and writes them as every program of the atPlatform reads
 * them. An atSign's life begins here.
 */
@Component
public final class RsaKeyCutter implements KeyCutter {
  @Override
  public Identity cut(AtSign atSign, Path file) throws IdentityUnusable {
    requireNonNull(atSign, "atSign is null");
    if (Files.exists(file)) {
      throw exists(atSign, file, null);
    }
    CompletableFuture<RsaPair> other = new CompletableFuture<>();
    Thread cutting = new Thread(() -> cutInto(other), "noports-key-cutting");
    cutting.setDaemon(true);
    cutting.start();
    RsaPair encryption = RsaPair.cut();
    RsaPair authentication = other.join();
    write(atSign, file, authentication, encryption);
    return new RsaIdentity(atSign, Optional.empty(), authentication, encryption);
  }

  private static void cutInto(CompletableFuture<RsaPair> result) {
    try {
      result.complete(RsaPair.cut());
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  private static void write(AtSign atSign, Path file, RsaPair authentication, RsaPair encryption)
      throws IdentityUnusable {
    byte[] text = text(atSign, authentication, encryption);
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
  }

  private static byte[] text(AtSign atSign, RsaPair authentication, RsaPair encryption) {
    try (SelfCipher cipher = SelfCipher.fresh();
        AtKeysFile keys =
            new AtKeysFile(
                sealedPublic(cipher, authentication),
                Optional.of(sealedPrivate(cipher, authentication)),
                sealedPublic(cipher, encryption),
                sealedPrivate(cipher, encryption),
                cipher.keyText(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(atSign),
                JsonObject.builder().build())) {
      return keys.toText().getBytes(StandardCharsets.UTF_8);
    }
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
