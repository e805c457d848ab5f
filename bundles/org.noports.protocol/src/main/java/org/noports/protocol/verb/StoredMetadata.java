package org.noports.protocol.verb;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.noports.api.AtSign;

/** What an atServer sets by itself when a key changes (docs/protocol/atprotocol.md 3.9). */
final class StoredMetadata {
  private StoredMetadata() {}

  static Metadata after(MetadataChange change, Optional<Metadata> before, AtSign by, Instant now) {
    Metadata merged = change.applyTo(before.orElse(Metadata.EMPTY));
    Map<MetadataField, String> stamped = new EnumMap<>(MetadataField.class);
    stamped.putAll(merged.values());
    stamped.put(MetadataField.CREATED_BY, author(before, by));
    stamped.put(MetadataField.UPDATED_BY, by.name());
    stamped.put(MetadataField.CREATED_AT, since(before, now));
    stamped.put(MetadataField.UPDATED_AT, Timestamp.format(now));
    stamped.put(MetadataField.STATUS, "active");
    stamped.put(MetadataField.VERSION, Long.toString(version(before)));
    stamped.put(MetadataField.IS_BINARY, "" + merged.flag(MetadataField.IS_BINARY));
    stamped.put(MetadataField.IS_ENCRYPTED, "" + merged.flag(MetadataField.IS_ENCRYPTED));
    derive(merged, stamped, now);
    return new Metadata(stamped);
  }

  private static String author(Optional<Metadata> before, AtSign by) {
    return before.flatMap(old -> old.text(MetadataField.CREATED_BY)).orElse(by.name());
  }

  private static String since(Optional<Metadata> before, Instant now) {
    return before
        .flatMap(old -> old.text(MetadataField.CREATED_AT))
        .orElseGet(() -> Timestamp.format(now));
  }

  private static long version(Optional<Metadata> before) {
    return before
        .map(old -> old.whole(MetadataField.VERSION).map(version -> version + 1).orElse(0L))
        .orElse(0L);
  }

  private static void derive(Metadata said, Map<MetadataField, String> stamped, Instant now) {
    long ttl = said.whole(MetadataField.TTL).orElse(0L);
    long ttb = said.whole(MetadataField.TTB).orElse(0L);
    long ttr = said.whole(MetadataField.TTR).orElse(0L);
    set(stamped, MetadataField.AVAILABLE_AT, ttb > 0, now.plusMillis(ttb));
    set(stamped, MetadataField.EXPIRES_AT, ttl > 0, now.plusMillis(ttl).plusMillis(ttb));
    set(stamped, MetadataField.REFRESH_AT, ttr > 0, now.plusSeconds(Math.max(0, ttr)));
    if (ttr == 0) {
      // Without copies there is nothing to cascade to.
      stamped.remove(MetadataField.CCD);
    }
  }

  private static void set(
      Map<MetadataField, String> stamped, MetadataField field, boolean set, Instant time) {
    if (set) {
      stamped.put(field, Timestamp.format(time));
    } else {
      stamped.remove(field);
    }
  }
}
