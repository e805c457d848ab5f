package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.noports.api.AtSign;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.atserver.SharedKeys.SharedKey;
import org.noports.protocol.verb.MetadataChange;
import org.noports.protocol.verb.MetadataField;
import org.noports.protocol.verb.Notify;

/** Sends notifications, encrypted for their receivers. Used on the loop only. */
final class Mail {
  private final Commands commands;
  private final SharedKeys keys;

  Mail(Commands commands, SharedKeys keys) {
    this.commands = requireNonNull(commands, "commands is null");
    this.keys = requireNonNull(keys, "keys is null");
  }

  CompletableFuture<String> send(OutgoingNotification notification) {
    AtSign to = notification.to();
    return keys.forReader(to)
        .thenCompose(
            key ->
                commands.data(
                    verb(notification, key),
                    "notify " + to + " of '" + notification.name() + "'",
                    Optional.of(to)));
  }

  /** Parameters in the order of docs/protocol/noports.md 2.0. */
  private Notify verb(OutgoingNotification notification, SharedKey key) {
    ValueCipher.Sealed sealed = ValueCipher.seal(key.key(), notification.value());
    MetadataChange metadata = encrypted(key, sealed.ivNonce());
    if (notification.ttl().isPresent()) {
      metadata = metadata.with(MetadataField.TTL, notification.ttl().get().toMillis());
    }
    return new Notify(
        Optional.of(UUID.randomUUID().toString()),
        Notify.Operation.UPDATE,
        Notify.MessageType.KEY,
        Notify.Delivery.within(notification.expiry().toMillis()),
        metadata,
        Optional.of(notification.to()),
        notification.name(),
        Optional.of(commands.self()),
        Optional.of(sealed.text()));
  }

  /** What a reader needs to decrypt a value, whatever it has stored of us. */
  static MetadataChange encrypted(SharedKey key, String ivNonce) {
    return MetadataChange.NONE
        .with(MetadataField.IS_ENCRYPTED, true)
        .with(MetadataField.SHARED_KEY_ENC, key.wrapped())
        .with(MetadataField.PUB_KEY_CS, key.checksum())
        .with(MetadataField.IV_NONCE, ivNonce);
  }
}
