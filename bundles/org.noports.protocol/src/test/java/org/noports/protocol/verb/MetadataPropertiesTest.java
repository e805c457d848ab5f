package org.noports.protocol.verb;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.protocol.Generator;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.key.AtKey;

/** What holds for everything that can be said of a value, tried with much. */
public class MetadataPropertiesTest {
  private static final int TRIES = 2_000;
  private static final AtSign ALICE = AtSign.of("@alice");

  @Test
  public void parametersInAnyOrderAndCaseSayTheSame() throws Exception {
    for (long seed = 0; seed < TRIES; seed++) {
      Generator generator = new Generator(seed);
      MetadataChange said = said(generator);
      AtKey key = AtKey.self("x." + generator.below(9), ALICE);
      StringBuilder line = new StringBuilder("update");
      for (MetadataField field : generator.shuffled(List.copyOf(said.changes().keySet()))) {
        String single = only(said, field).toParameters();
        int end = single.indexOf(':', 1);
        line.append(generator.anyCase(single.substring(0, end))).append(single.substring(end));
      }
      Update update = (Update) Verb.parse(line + ":" + key + " a value");
      assertEquals(generator.toString(), said, update.metadata());
      assertEquals(generator.toString(), update, Verb.parse(update.toLine()));
      Verb meta = new UpdateMeta(key, said);
      assertEquals(generator.toString(), meta, Verb.parse(meta.toLine()));
    }
  }

  private static MetadataChange only(MetadataChange said, MetadataField field) {
    return new MetadataChange(Map.of(field, said.changes().get(field)));
  }

  @Test
  public void metadataIsReadBackFromItsJson() throws Exception {
    for (long seed = 0; seed < TRIES; seed++) {
      Generator generator = new Generator(seed);
      Metadata stored = said(generator).store(Optional.empty(), ALICE, generator.time());
      String json = stored.toJson().toJson();
      assertEquals(
          generator.toString(), stored, Metadata.parse(JsonObject.parse("metadata", json)));
      assertTrue(generator.toString(), json.indexOf("null,") < 0 && json.indexOf('\n') < 0);
    }
  }

  @Test
  public void whatIsNotNamedStaysAndWhatIsClearedGoes() {
    for (long seed = 0; seed < TRIES; seed++) {
      Generator generator = new Generator(seed);
      Metadata before = said(generator).applyTo(Metadata.EMPTY);
      MetadataChange change = said(generator);
      Metadata after = change.applyTo(before);
      for (MetadataField field : MetadataField.values()) {
        Optional<String> expected =
            change.changes().containsKey(field) ? change.text(field) : before.text(field);
        assertEquals(generator + " " + field, expected, after.text(field));
      }
    }
  }

  @Test
  public void timesFollowFromTtlTtbAndTtr() {
    for (long seed = 0; seed < TRIES; seed++) {
      Generator generator = new Generator(seed);
      long ttl = generator.flip() ? 0 : 1 + generator.whole(1_000_000_000);
      long ttb = generator.flip() ? 0 : 1 + generator.whole(1_000_000_000);
      long ttr = generator.whole(1_000_000) - 1;
      Instant now = generator.time();
      Metadata stored =
          MetadataChange.NONE
              .with(MetadataField.TTL, ttl)
              .with(MetadataField.TTB, ttb)
              .with(MetadataField.TTR, ttr)
              .store(Optional.empty(), ALICE, now);
      assertEquals(
          generator.toString(),
          ttl == 0 ? Optional.empty() : Optional.of(now.plusMillis(ttl + ttb)),
          stored.time(MetadataField.EXPIRES_AT));
      assertEquals(
          generator.toString(),
          ttb == 0 ? Optional.empty() : Optional.of(now.plusMillis(ttb)),
          stored.time(MetadataField.AVAILABLE_AT));
      assertEquals(
          generator.toString(),
          ttr <= 0 ? Optional.empty() : Optional.of(now.plusSeconds(ttr)),
          stored.time(MetadataField.REFRESH_AT));
    }
  }

  /** Some fields, each with a value of its kind or cleared. */
  private static MetadataChange said(Generator generator) {
    List<MetadataField> fields = new ArrayList<>(MetadataField.PARAMETER_ORDER);
    MetadataChange said = MetadataChange.NONE;
    for (MetadataField field : generator.shuffled(fields).subList(0, generator.below(10))) {
      said = said.with(field, value(field, generator));
    }
    return said;
  }

  private static String value(MetadataField field, Generator generator) {
    if (generator.below(6) == 0) {
      return "null";
    }
    return switch (field.type()) {
      case WHOLE -> Long.toString(generator.whole(1_000_000_000));
      case FLAG -> Boolean.toString(generator.flip());
      case TIME -> Timestamp.format(generator.time());
      case TEXT -> generator.word();
    };
  }
}
