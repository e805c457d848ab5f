package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import org.noports.api.AtSign;
import org.noports.atserver.SharedKeys.SharedKey;
import org.noports.protocol.verb.MetadataChange;
import org.noports.protocol.verb.MetadataField;

/**
 * Encrypts what is written for a reader: by the codec that the settings name, otherwise so that
 * every client can read it. Used on the loop only.
 */
final class Sealing {
  private final SharedKeys keys;
  private final Codecs codecs;

  Sealing(SharedKeys keys, Codecs codecs) {
    this.keys = requireNonNull(keys, "keys is null");
    this.codecs = requireNonNull(codecs, "codecs is null");
  }

  /**
   * A value for the wire.
   *
   * @param text encrypted
   * @param metadata what its reader needs to decrypt it
   */
  record Written(String text, MetadataChange metadata) {}

  CompletableFuture<Written> of(AtSign reader, String name, String clear, boolean strict) {
    return codecs
        .seal(reader, name, clear, strict)
        .thenCompose(
            byCodec ->
                byCodec
                    .map(value -> new Written(value.text(), Records.encrypted(value)))
                    .map(CompletableFuture::completedFuture)
                    .orElseGet(() -> asForEveryClient(reader, clear)));
  }

  private CompletableFuture<Written> asForEveryClient(AtSign reader, String clear) {
    return keys.forReader(reader)
        .thenApply(
            key -> {
              ValueCipher.Sealed sealed = ValueCipher.seal(key.key(), clear);
              return new Written(sealed.text(), encrypted(key, sealed.ivNonce()));
            });
  }

  /** What a reader needs to decrypt a value, whatever it has stored of us. */
  private static MetadataChange encrypted(SharedKey key, String ivNonce) {
    return MetadataChange.NONE
        .with(MetadataField.IS_ENCRYPTED, true)
        .with(MetadataField.SHARED_KEY_ENC, key.wrapped())
        .with(MetadataField.PUB_KEY_CS, key.checksum())
        .with(MetadataField.IV_NONCE, ivNonce);
  }
}
