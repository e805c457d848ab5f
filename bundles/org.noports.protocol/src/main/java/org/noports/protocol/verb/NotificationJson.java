package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonText;
import org.noports.protocol.json.JsonValue;
import org.noports.protocol.verb.Notify.MessageType;

/**
 * A notification as an atServer pushes it to a monitor (docs/protocol/atprotocol.md 3.15).
 *
 * @param id its id
 * @param from who told
 * @param to whom
 * @param key the full key, {@code @bob:d1.sshnp@alice}, or {@code @bob:text}
 * @param value as told, mostly encrypted
 * @param operation {@code update} or {@code delete}
 * @param epochMillis when the atServer took it
 * @param messageType key or text
 * @param isEncrypted whether the value is encrypted
 * @param metadata what a reader needs to decrypt it
 */
public record NotificationJson(
    String id,
    AtSign from,
    AtSign to,
    String key,
    Optional<String> value,
    String operation,
    long epochMillis,
    MessageType messageType,
    boolean isEncrypted,
    Optional<Metadata> metadata) {
  /** The id of what is no notification but a count of changes. */
  public static final String STATS_ID = "-1";

  private static final List<MetadataField> ALWAYS =
      List.of(
          MetadataField.ENC_KEY_NAME,
          MetadataField.ENC_ALGO,
          MetadataField.IV_NONCE,
          MetadataField.SKE_ENC_KEY_NAME,
          MetadataField.SKE_ENC_ALGO,
          MetadataField.SHARED_KEY_ENC);

  private static final List<MetadataField> IF_KNOWN =
      List.of(MetadataField.PUB_KEY_CS, MetadataField.EXPIRES_AT, MetadataField.APP_METADATA);

  private static final String TYPE_PREFIX = "MessageType.";

  public NotificationJson {
    requireNonNull(id, "id is null");
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
    requireNonNull(key, "key is null");
    requireNonNull(value, "value is null");
    requireNonNull(operation, "operation is null");
    requireNonNull(messageType, "messageType is null");
    requireNonNull(metadata, "metadata is null");
  }

  /** The push that tells an atSign's monitors of its latest change. */
  public static NotificationJson stats(AtSign self, long commitId, long epochMillis) {
    return new NotificationJson(
        STATS_ID,
        self,
        self,
        "statsNotification." + self,
        Optional.of(Long.toString(commitId)),
        "update",
        epochMillis,
        MessageType.KEY,
        false,
        Optional.empty());
  }

  /** Whether it only tells a count of changes. */
  public boolean isStats() {
    return id.equals(STATS_ID);
  }

  /** Reads what any generation of atServers pushes. */
  public static NotificationJson parse(String text) throws ProtocolViolation {
    JsonObject json = JsonObject.parse("notification", text);
    Optional<JsonObject> metadata = json.object("metadata");
    return new NotificationJson(
        json.requireText("id"),
        json.requireText("from", AtSign::of),
        json.requireText("to", AtSign::of),
        json.requireText("key"),
        json.text("value"),
        json.text("operation").orElse("update"),
        json.requireWhole("epochMillis"),
        type(json.text("messageType").orElse("")),
        json.flag("isEncrypted").orElse(false),
        metadata.isPresent() ? Optional.of(Metadata.parse(metadata.get())) : Optional.empty());
  }

  private static MessageType type(String text) {
    return text.toLowerCase(Locale.ROOT).endsWith("text") ? MessageType.TEXT : MessageType.KEY;
  }

  /** What a monitor is told: the fields in the reference's order. */
  public String toText() {
    return toText(head());
  }

  /** The same; {@code head} is what {@link #head} gave. */
  public String toText(String head) {
    JsonText text = JsonText.goOn(head);
    if (metadata.isPresent()) {
      pushed(metadata.get(), text.object("metadata"));
    } else {
      text.put("metadata", JsonValue.Literal.NULL);
    }
    return text.end();
  }

  /**
   * All fields but the metadata, without an end: what two texts have in common that go on with
   * other metadata or more fields.
   */
  public String head() {
    return JsonText.begin()
        .put("id", id)
        .put("from", from.name())
        .put("to", to.name())
        .put("key", key)
        .putNullable("value", value)
        .put("operation", operation)
        .put("epochMillis", epochMillis)
        .put("messageType", TYPE_PREFIX + messageType.wire())
        .put("isEncrypted", isEncrypted)
        .soFar();
  }

  /**
   * Six fields, present or not, since one client takes an absent field for garbage; then those that
   * tell which of the reader's keys was used, until when the value is good, and what programs add.
   */
  private static void pushed(Metadata metadata, JsonText json) {
    for (MetadataField field : ALWAYS) {
      json.putNullable(field.json(), metadata.text(field));
    }
    for (MetadataField field : IF_KNOWN) {
      json.putIfPresent(field.json(), metadata.text(field));
    }
    json.endField();
  }

  @Override
  public String toString() {
    return "NotificationJson[" + id + " " + key + "]";
  }
}
