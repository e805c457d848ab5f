package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.key.AtKey;

/**
 * Tells another atSign something, now (docs/protocol/atprotocol.md 3.14).
 *
 * @param id the sender's id of it; the atServer makes one if there is none
 * @param operation what happened to the key
 * @param messageType whether {@code subject} is a key or a text
 * @param delivery how it is delivered
 * @param metadata what is said of the value
 * @param to whom; empty for a public key's subscribers
 * @param subject a key without receiver and owner, such as {@code d1.sshnp}, or the text
 * @param owner whose key; the sender if nothing is said
 * @param value one line
 */
public record Notify(
    Optional<String> id,
    Operation operation,
    MessageType messageType,
    Delivery delivery,
    MetadataChange metadata,
    Optional<AtSign> to,
    String subject,
    Optional<AtSign> owner,
    Optional<String> value)
    implements Verb {
  /** What happened to a key. */
  public enum Operation {
    UPDATE,
    DELETE;

    private final String wire = name().toLowerCase(Locale.ROOT);

    public String wire() {
      return wire;
    }
  }

  /** What is told. */
  public enum MessageType {
    KEY,
    TEXT;

    private final String wire = name().toLowerCase(Locale.ROOT);

    public String wire() {
      return wire;
    }
  }

  /**
   * How a notification is delivered.
   *
   * @param priority {@code low}, {@code medium} or {@code high}
   * @param strategy {@code all}, or {@code latest} for the last ones of a notifier
   * @param latestN how many of the last
   * @param notifier who notifies, for {@code latest}
   * @param ttln milliseconds for which delivery is tried; empty for the atServer's default
   */
  public record Delivery(
      Optional<String> priority,
      Optional<String> strategy,
      Optional<Long> latestN,
      Optional<String> notifier,
      Optional<Long> ttln) {
    /** Nothing said. */
    public static final Delivery DEFAULT =
        new Delivery(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public Delivery {
      requireNonNull(priority, "priority is null");
      requireNonNull(strategy, "strategy is null");
      requireNonNull(latestN, "latestN is null");
      requireNonNull(notifier, "notifier is null");
      requireNonNull(ttln, "ttln is null");
    }

    /** As the reference's clients ask for it, to be tried for {@code ttln} milliseconds. */
    public static Delivery within(long ttln) {
      return new Delivery(
          Optional.of("low"),
          Optional.of("all"),
          Optional.of(1L),
          Optional.of("SYSTEM"),
          Optional.of(ttln));
    }

    private String toParameters() {
      return priority.map(text -> ":priority:" + text).orElse("")
          + strategy.map(text -> ":strategy:" + text).orElse("")
          + latestN.map(number -> ":latestN:" + number).orElse("")
          + notifier.map(text -> ":notifier:" + text).orElse("")
          + ttln.map(millis -> ":ttln:" + millis).orElse("");
    }
  }

  public Notify {
    requireNonNull(id, "id is null");
    requireNonNull(operation, "operation is null");
    requireNonNull(messageType, "messageType is null");
    requireNonNull(delivery, "delivery is null");
    requireNonNull(metadata, "metadata is null");
    requireNonNull(to, "to is null");
    OneLine.of(subject);
    requireNonNull(owner, "owner is null");
    id.ifPresent(OneLine::of);
    value.ifPresent(OneLine::of);
  }

  /**
   * The full key, for the sender {@code self} if no owner was said.
   *
   * @throws ProtocolViolation if the subject is no key
   */
  public AtKey key(AtSign self) throws ProtocolViolation {
    String owned = subject + owner.orElse(self);
    boolean scoped = subject.toLowerCase(Locale.ROOT).startsWith("public:");
    return AtKey.parse(scoped ? owned : to.map(reader -> reader + ":").orElse("public:") + owned);
  }

  /**
   * Whether the value is encrypted: as said, else true for a key, false for a public key and for a
   * text (docs/protocol/atprotocol.md 13.5).
   */
  public boolean isEncrypted() {
    boolean isPublic = to.isEmpty() || subject.toLowerCase(Locale.ROOT).startsWith("public:");
    if (isPublic) {
      return false;
    }
    return metadata
        .text(MetadataField.IS_ENCRYPTED)
        .map(Boolean::parseBoolean)
        .orElse(messageType == MessageType.KEY);
  }

  @Override
  public String toLine() {
    return "notify"
        + id.map(text -> ":id:" + text).orElse("")
        + ":"
        + operation.wire()
        + ":messageType:"
        + messageType.wire()
        + delivery.toParameters()
        + metadata.toParameters()
        + ":"
        + to.map(AtSign::name).orElse("public")
        + ":"
        + subject
        + owner.map(AtSign::name).orElse("")
        + value.map(text -> ":" + text).orElse("");
  }

  @Override
  public String toString() {
    return "Notify["
        + to.map(AtSign::name).orElse("public")
        + " "
        + (messageType == MessageType.KEY ? subject : "a text")
        + "]";
  }
}
