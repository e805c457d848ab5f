package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.noports.api.AtSign;

/**
 * What a verb says about a key's metadata. A field that is not named stays as it was; one that is
 * named with the literal {@code null} is cleared (docs/protocol/atprotocol.md 3.9).
 *
 * @param changes the named fields; an empty value clears
 */
public record MetadataChange(Map<MetadataField, Optional<String>> changes) {
  /** Nothing named. */
  public static final MetadataChange NONE = new MetadataChange(Map.of());

  /** Largest ttl, ttb or ttr: times stay within four-digit years. */
  public static final long MAX_TIME = 100_000_000_000_000L;

  private static final long MAX_SECONDS = MAX_TIME / 1000;
  private static final Pattern TIME = Pattern.compile("[0-9-]+ [0-9:.]+Z");
  private static final String CLEAR = "null";

  public MetadataChange {
    Map<MetadataField, Optional<String>> copy = new EnumMap<>(MetadataField.class);
    requireNonNull(changes, "changes is null")
        .forEach((field, text) -> copy.put(field, text.map(field::canonical)));
    copy.forEach(MetadataChange::checkRange);
    copy.values().forEach(text -> text.ifPresent(MetadataChange::checkWord));
    changes = Collections.unmodifiableMap(copy);
  }

  /** A time has colons, and is written so that readers know where it ends. */
  private static void checkWord(String text) {
    if (!isWord(text) && !TIME.matcher(text).matches()) {
      throw new IllegalArgumentException("A parameter is a word without white space, ':' and '@'");
    }
  }

  private static boolean isWord(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == ':' || c == '@') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static void checkRange(MetadataField field, Optional<String> text) {
    if (text.isEmpty()) {
      return;
    }
    boolean seconds = field == MetadataField.TTR;
    if (seconds || field == MetadataField.TTL || field == MetadataField.TTB) {
      long value = Long.parseLong(text.get());
      if (value < (seconds ? -1 : 0) || value > (seconds ? MAX_SECONDS : MAX_TIME)) {
        throw new IllegalArgumentException(field.json() + " is out of range");
      }
    }
  }

  /** Names every field of {@code metadata} that can be a parameter. */
  public static MetadataChange of(Metadata metadata) {
    MetadataChange change = NONE;
    for (Map.Entry<MetadataField, String> entry : metadata.values().entrySet()) {
      if (entry.getKey().parameter().isPresent() && !entry.getValue().isEmpty()) {
        change = change.with(entry.getKey(), entry.getValue());
      }
    }
    return change;
  }

  /** The same with one field named; the text {@code null} clears it. */
  public MetadataChange with(MetadataField field, String text) {
    Map<MetadataField, Optional<String>> copy = new EnumMap<>(MetadataField.class);
    copy.putAll(changes);
    copy.put(field, text.equals(CLEAR) ? Optional.empty() : Optional.of(text));
    return new MetadataChange(copy);
  }

  public MetadataChange with(MetadataField field, boolean flag) {
    return with(field, Boolean.toString(flag));
  }

  public MetadataChange with(MetadataField field, long value) {
    return with(field, Long.toString(value));
  }

  /** What the verb says of a field; empty if nothing, or that it is cleared. */
  public Optional<String> text(MetadataField field) {
    return changes.getOrDefault(field, Optional.empty());
  }

  /** The metadata after the change, nothing but the named fields touched. */
  public Metadata applyTo(Metadata before) {
    Map<MetadataField, String> after = new EnumMap<>(MetadataField.class);
    after.putAll(before.values());
    changes.forEach(
        (field, text) ->
            text.ifPresentOrElse(value -> after.put(field, value), () -> after.remove(field)));
    return new Metadata(after);
  }

  /**
   * The metadata that an atServer stores for a new value: the change applied, and what the atServer
   * itself sets. Times that the client names are ignored.
   *
   * @param before the key's metadata until now, if it exists
   * @param by who changes it
   * @param now the time of the change
   */
  public Metadata store(Optional<Metadata> before, AtSign by, Instant now) {
    return StoredMetadata.after(this, before, by, now);
  }

  /** The parameters as text, each with its colon in front, in the order atServers insist on. */
  public String toParameters() {
    StringBuilder out = new StringBuilder();
    for (MetadataField field : MetadataField.PARAMETER_ORDER) {
      Optional<String> text = changes.get(field);
      if (text != null) {
        String value = text.orElse(CLEAR);
        out.append(':').append(field.parameter().orElseThrow()).append(':');
        out.append(field.type() == MetadataField.Type.TIME ? value.replace(' ', 'T') : value);
      }
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return "MetadataChange" + changes.keySet();
  }
}
