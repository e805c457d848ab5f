package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.noports.api.AtSign;
import org.noports.protocol.verb.Notify.MessageType;
import org.noports.protocol.verb.Notify.Operation;

/**
 * Tells many atSigns the same (docs/protocol/atprotocol.md 3.14).
 *
 * @param operation what happened to the key
 * @param messageType whether {@code subject} is a key or a text
 * @param metadata what is said of the value
 * @param to whom
 * @param subject a key without receiver and owner, or the text
 * @param owner whose key; the sender if nothing is said
 * @param value one line
 */
public record NotifyAll(
    Operation operation,
    MessageType messageType,
    MetadataChange metadata,
    List<AtSign> to,
    String subject,
    Optional<AtSign> owner,
    Optional<String> value)
    implements Verb {
  public NotifyAll {
    requireNonNull(operation, "operation is null");
    requireNonNull(messageType, "messageType is null");
    requireNonNull(metadata, "metadata is null");
    to = List.copyOf(to);
    OneLine.of(subject);
    requireNonNull(owner, "owner is null");
    requireNonNull(value, "value is null").ifPresent(OneLine::of);
    if (to.isEmpty()) {
      throw new IllegalArgumentException("Somebody must be told");
    }
  }

  /** The same for one of the receivers. */
  public Notify toOne(AtSign receiver) {
    return new Notify(
        Optional.empty(),
        operation,
        messageType,
        Notify.Delivery.DEFAULT,
        metadata,
        Optional.of(receiver),
        subject,
        owner,
        value);
  }

  @Override
  public String toLine() {
    return "notify:all:"
        + operation.wire()
        + ":messageType:"
        + messageType.wire()
        + metadata.toParameters()
        + ":"
        + to.stream().map(AtSign::name).collect(Collectors.joining(","))
        + ":"
        + subject
        + owner.map(AtSign::name).orElse("")
        + value.map(text -> ":" + text).orElse("");
  }

  @Override
  public String toString() {
    return "NotifyAll[" + to.size() + " receivers]";
  }
}
