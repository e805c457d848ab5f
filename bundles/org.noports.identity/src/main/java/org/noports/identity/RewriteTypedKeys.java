package org.noports.identity;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.protocol.atkeys.AtKeysFile;
import org.noports.protocol.atkeys.LockedKeys;
import org.noports.protocol.atkeys.TypedKeys;
import org.noports.protocol.json.JsonObject;

/** The story of a key file whose typed keys change: read, checked, written anew as a whole. */
final class RewriteTypedKeys {
  private RewriteTypedKeys() {}

  /** What becomes of the fields that hold typed keys. */
  interface Change {
    JsonObject of(JsonObject unknown) throws ProtocolViolation;
  }

  /** Those fields of a file that hold typed keys, with a pair for {@code enrollment} added. */
  static JsonObject added(
      JsonObject unknown, AtSign owner, Optional<String> enrollment, MlDsaPair pair)
      throws ProtocolViolation {
    try (TypedKeys.Pair stored = pair.stored(enrollment)) {
      return TypedKeys.with(
          unknown, owner, TypedKeys.SIGNING, pair.algorithm(), stored, Instant.now());
    }
  }

  /** Changes {@code file}; what is no typed key in it stays as it is. */
  static void of(KeyFile file, KeyFile.PassphraseSource passphrase, Change change)
      throws IdentityUnusable {
    boolean locked = file.locked().isPresent();
    try (Secret text = file.text(passphrase);
        AtKeysFile keys = parsed(file, text)) {
      byte[] longer =
          keys.withUnknown(change.of(keys.unknown())).toText().getBytes(StandardCharsets.UTF_8);
      file.replace(locked ? sealed(longer, passphrase) : longer);
      Arrays.fill(longer, (byte) 0);
    } catch (ProtocolViolation e) {
      throw file.damaged(e.getMessage(), e);
    }
  }

  static AtKeysFile parsed(KeyFile file, Secret text) throws IdentityUnusable {
    byte[] bytes = text.exposeSecretBytes();
    try {
      return AtKeysFile.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (ProtocolViolation e) {
      throw file.damaged(e.getMessage(), e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static byte[] sealed(byte[] clear, KeyFile.PassphraseSource source)
      throws IdentityUnusable {
    try (Secret passphrase = source.get();
        Secret text = Secret.owning(clear.clone())) {
      LockedKeys locked = PassphraseEnvelope.lock(text, passphrase);
      return locked.toText().getBytes(StandardCharsets.US_ASCII);
    }
  }
}
