package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.noports.api.AtSign;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.atserver.Sealing.Written;
import org.noports.protocol.verb.MetadataChange;
import org.noports.protocol.verb.MetadataField;
import org.noports.protocol.verb.Notify;

/** Sends notifications, encrypted for their receivers. Used on the loop only. */
final class Mail {
  private final Commands commands;
  private final Sealing sealing;

  Mail(Commands commands, Sealing sealing) {
    this.commands = requireNonNull(commands, "commands is null");
    this.sealing = requireNonNull(sealing, "sealing is null");
  }

  CompletableFuture<String> send(OutgoingNotification notification) {
    AtSign to = notification.to();
    return sealing
        .of(to, notification.name(), notification.value(), notification.strict())
        .thenCompose(
            written ->
                commands.data(
                    verb(notification, written),
                    "notify " + to + " of '" + notification.name() + "'",
                    Optional.of(to)));
  }

  /** Parameters in the order of docs/protocol/noports.md 2.0. */
  private Notify verb(OutgoingNotification notification, Written written) {
    MetadataChange metadata = written.metadata();
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
        Optional.of(written.text()));
  }
}
