package org.noports.atserver.host.record;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import org.noports.api.store.StoreEntry;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;

/**
 * The latest change of one key, as another device of the owner needs it.
 *
 * @param key which key
 * @param op what it did
 * @param id the commit's number
 * @param record what the key holds now; empty for a deletion
 */
public record Commit(String key, CommitOp op, long id, Optional<AtRecord> record) {
  public Commit {
    requireNonNull(key, "key is null");
    requireNonNull(op, "op is null");
    requireNonNull(record, "record is null");
  }

  static Commit of(StoreEntry entry) {
    Optional<AtRecord> record =
        entry.deleted() ? Optional.empty() : Optional.of(AtRecord.of(entry));
    return new Commit(entry.key(), CommitOp.of(entry), entry.commitId(), record);
  }

  /** The entry of a sync's answer: clients expect each value of the metadata as a string. */
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("atKey", key)
        .putNullable("value", record.map(AtRecord::value))
        .put("metadata", record.<JsonValue>map(Commit::texts).orElse(JsonValue.Literal.NULL))
        .put("commitId", id)
        .put("operation", op.sign())
        .build();
  }

  private static JsonObject texts(AtRecord record) {
    JsonObject.Builder texts = JsonObject.builder();
    for (Map.Entry<String, JsonValue> field : record.metadata().toJson().fields().entrySet()) {
      JsonValue value = field.getValue();
      texts.put(field.getKey(), value instanceof JsonValue.Text t ? t.value() : value.toJson());
    }
    return texts.build();
  }

  /** Values are other people's secrets as often as not. */
  @Override
  public String toString() {
    return "Commit[" + id + " " + op.sign() + " " + key + "]";
  }
}
