package org.noports.atserver.host.record;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import org.noports.api.ProtocolViolation;
import org.noports.api.store.StoreEntry;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.verb.Metadata;

/**
 * One stored value.
 *
 * @param key its full name, lower case
 * @param value its text
 * @param metadata what is known of it
 * @param version the store's, for writing without loss
 */
public record AtRecord(String key, String value, Metadata metadata, long version) {
  public AtRecord {
    requireNonNull(key, "key is null");
    requireNonNull(value, "value is null");
    requireNonNull(metadata, "metadata is null");
  }

  /** What the store holds. */
  public static AtRecord of(StoreEntry entry) {
    return new AtRecord(
        entry.key(),
        new String(entry.value(), StandardCharsets.UTF_8),
        metadata(entry.metadata()),
        entry.version());
  }

  private static Metadata metadata(byte[] stored) {
    try {
      String text = new String(stored, StandardCharsets.UTF_8);
      return Metadata.parse(JsonObject.parse("stored metadata", text));
    } catch (ProtocolViolation e) {
      throw new IllegalStateException("The store returned metadata that we did not write", e);
    }
  }

  byte[] metadataBytes(CommitOp op) {
    return metadata.toJson().toBuilder()
        .put(CommitOp.FIELD, op.sign())
        .build()
        .toJson()
        .getBytes(StandardCharsets.UTF_8);
  }

  /** {@code {"key","data","metaData"}}, the answer of every {@code :all} form. */
  public JsonObject all() {
    return JsonObject.builder()
        .put("key", key)
        .put("data", value)
        .put("metaData", metadata.toJson())
        .build();
  }

  /** Values are other people's secrets as often as not. */
  @Override
  public String toString() {
    return "AtRecord[" + key + ", " + value.length() + " chars]";
  }
}
