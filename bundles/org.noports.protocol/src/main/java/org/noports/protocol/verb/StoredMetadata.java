package org.noports.protocol.verb;

import java.time.Instant;
import java.util.Optional;
import org.noports.api.AtSign;

/** What an atServer sets by itself when a key changes (docs/protocol/atprotocol.md 3.9). */
final class StoredMetadata {
  private StoredMetadata() {}

  static Metadata after(MetadataChange change, Optional<Metadata> before, AtSign by, Instant now) {
    Metadata merged = change.applyTo(before.orElse(Metadata.EMPTY));
    Metadata stamped =
        merged
            .with(MetadataField.CREATED_BY, author(before, by))
            .with(MetadataField.UPDATED_BY, by.name())
            .with(MetadataField.CREATED_AT, since(before, now))
            .with(MetadataField.UPDATED_AT, now)
            .with(MetadataField.STATUS, "active")
            .with(MetadataField.VERSION, Long.toString(version(before)))
            .with(MetadataField.IS_BINARY, "" + merged.flag(MetadataField.IS_BINARY))
            .with(MetadataField.IS_ENCRYPTED, "" + merged.flag(MetadataField.IS_ENCRYPTED));
    return derived(stamped, now);
  }

  private static String author(Optional<Metadata> before, AtSign by) {
    return before.flatMap(old -> old.text(MetadataField.CREATED_BY)).orElse(by.name());
  }

  private static Instant since(Optional<Metadata> before, Instant now) {
    return before.flatMap(old -> old.time(MetadataField.CREATED_AT)).orElse(now);
  }

  private static long version(Optional<Metadata> before) {
    return before
        .map(old -> old.whole(MetadataField.VERSION).map(version -> version + 1).orElse(0L))
        .orElse(0L);
  }

  private static Metadata derived(Metadata metadata, Instant now) {
    long ttl = metadata.whole(MetadataField.TTL).orElse(0L);
    long ttb = metadata.whole(MetadataField.TTB).orElse(0L);
    long ttr = metadata.whole(MetadataField.TTR).orElse(0L);
    Metadata result = metadata;
    result = set(result, MetadataField.AVAILABLE_AT, ttb > 0, now.plusMillis(ttb));
    result = set(result, MetadataField.EXPIRES_AT, ttl > 0, now.plusMillis(ttl).plusMillis(ttb));
    result = set(result, MetadataField.REFRESH_AT, ttr > 0, now.plusSeconds(Math.max(0, ttr)));
    // Without copies there is nothing to cascade to.
    return ttr == 0 ? result.without(MetadataField.CCD) : result;
  }

  private static Metadata set(Metadata metadata, MetadataField field, boolean set, Instant time) {
    return set ? metadata.with(field, time) : metadata.without(field);
  }
}
