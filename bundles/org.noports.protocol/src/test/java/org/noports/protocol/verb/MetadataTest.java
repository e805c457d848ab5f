package org.noports.protocol.verb;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.protocol.Refused;
import org.noports.protocol.json.JsonObject;

public class MetadataTest {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final Instant NOW = Instant.parse("2024-05-01T10:11:12.345Z");

  private static final String FRESH =
      "{\"createdBy\":\"@alice\",\"updatedBy\":\"@alice\","
          + "\"createdAt\":\"2024-05-01 10:11:12.345Z\",\"updatedAt\":\"2024-05-01 10:11:12.345Z\","
          + "\"status\":\"active\",\"version\":0,\"isBinary\":false,\"isEncrypted\":false}";

  private static MetadataChange said(String parameters) throws VerbFailure {
    return ((Update) Verb.parse("update" + parameters + ":x@alice v")).metadata();
  }

  private static Metadata stored(String parameters) throws VerbFailure {
    return said(parameters).store(Optional.empty(), ALICE, NOW);
  }

  @Test
  public void aNewKeysMetadataIsTheReferences() throws Exception {
    assertEquals(FRESH, stored("").toJson().toJson());
    assertEquals(stored(""), Metadata.parse(JsonObject.parse("stored", FRESH)));
  }

  @Test
  public void timesFollowFromWhatTheClientSays() throws Exception {
    Metadata metadata = stored(":ttl:10000:ttb:1000:ttr:60");
    assertEquals(NOW.plusMillis(11_000), metadata.time(MetadataField.EXPIRES_AT).orElseThrow());
    assertEquals(NOW.plusMillis(1000), metadata.time(MetadataField.AVAILABLE_AT).orElseThrow());
    assertEquals(NOW.plusSeconds(60), metadata.time(MetadataField.REFRESH_AT).orElseThrow());
    assertEquals(Optional.empty(), stored(":ttr:-1").time(MetadataField.REFRESH_AT));
    assertEquals(Optional.empty(), stored(":ttl:0").time(MetadataField.EXPIRES_AT));
  }

  @Test
  public void whatAnUpdateDoesNotNameStaysAndWhatItNamesNullGoes() throws Exception {
    Metadata first =
        stored(":ttl:10000:ivNonce:AA==:sharedKeyEnc:k:pubKeyHash:h:hashingAlgo:sha256");
    Metadata second =
        said(":sharedKeyEnc:null:encAlgo:x")
            .store(Optional.of(first), AtSign.of("@bob"), NOW.plusSeconds(1));
    assertEquals(
        "{\"createdBy\":\"@alice\",\"updatedBy\":\"@bob\","
            + "\"createdAt\":\"2024-05-01 10:11:12.345Z\","
            + "\"updatedAt\":\"2024-05-01 10:11:13.345Z\",\"expiresAt\":\"2024-05-01 10:11:23.345Z\","
            + "\"status\":\"active\",\"version\":1,\"ttl\":10000,\"isBinary\":false,"
            + "\"isEncrypted\":false,\"encAlgo\":\"x\",\"ivNonce\":\"AA==\","
            + "\"pubKeyHash\":{\"hash\":\"h\",\"algo\":\"sha256\"}}",
        second.toJson().toJson());
    assertEquals(second, Metadata.parse(JsonObject.parse("m", second.toJson().toJson())));
    Metadata third = said(":ttl:0").store(Optional.of(second), ALICE, NOW);
    assertEquals(Optional.empty(), third.time(MetadataField.EXPIRES_AT));
  }

  @Test
  public void withoutCopiesThereIsNothingToCascade() throws Exception {
    assertEquals(Optional.empty(), stored(":ccd:true").text(MetadataField.CCD));
    assertTrue(stored(":ttr:-1:ccd:true").flag(MetadataField.CCD));
  }

  @Test
  public void timesOfTheClientDoNotBecomeOurs() throws Exception {
    Metadata metadata = stored(":cAt:2001-01-01T00:00:00Z:eAt:2001-01-01T00:00:00Z");
    assertEquals(Optional.of(NOW), metadata.time(MetadataField.CREATED_AT));
    assertEquals(Optional.empty(), metadata.time(MetadataField.EXPIRES_AT));
  }

  @Test
  public void otherProgramsJsonIsRead() throws Exception {
    Metadata metadata =
        Metadata.parse(
            JsonObject.parse(
                "m",
                "{\"createdAt\":\"2024-05-01T10:11:12.345678Z\",\"expiresAt\":\"null\","
                    + "\"ttl\":\"5\",\"ccd\":null,\"isBinary\":\"false\",\"namespaceAware\":true,"
                    + "\"pubKeyHash\":null}"));
    assertEquals(
        "{\"createdAt\":\"2024-05-01 10:11:12.345Z\",\"ttl\":5,\"isBinary\":false}",
        metadata.toJson().toJson());
  }

  @Test
  public void malformedJsonIsRefusedByField() {
    for (String wrong :
        new String[] {
          "\"ttl\":\"x\"",
          "\"createdAt\":\"now\"",
          "\"ccd\":\"maybe\"",
          "\"version\":1.5",
          "\"createdAt\":7"
        }) {
      Refused.naming(
          wrong.substring(1, 4), () -> Metadata.parse(JsonObject.parse("m", "{" + wrong + "}")));
    }
  }

  @Test
  public void timesAreWrittenWithThreeDigitsAlways() {
    assertEquals(
        "2024-05-01 10:11:12.000Z", Timestamp.format(Instant.parse("2024-05-01T10:11:12Z")));
    assertEquals(
        "2024-05-01 10:11:12.345Z", Timestamp.format(Instant.parse("2024-05-01T10:11:12.345999Z")));
    for (String wrong :
        new String[] {
          "",
          "null",
          "2024-05-01",
          "2024-05-01 10:11:12",
          "2024-05-01T 10:11:12Z",
          "2024-02-30 10:11:12Z",
          "2024-02-30 10:11:12.000Z",
          "2024-05-01 24:00:00.000Z",
          "2024-05-01 10:11:60.000Z",
          "2024-05-0110:11:12Z"
        }) {
      assertThrows(wrong, IllegalArgumentException.class, () -> Timestamp.parse(wrong));
    }
  }

  @Test
  public void aTimeThatWasWrittenIsReadAsItWas() {
    Random random = new Random(7);
    for (int i = 0; i < 1000; i++) {
      Instant time =
          Instant.ofEpochMilli(random.nextLong(-10_000_000_000_000L, 200_000_000_000_000L));
      String iso = time.plusNanos(1).toString().substring(0, 23).replace('T', ' ') + "Z";
      assertEquals(iso, Timestamp.format(time));
      assertEquals(time, Timestamp.parse(iso));
      assertEquals(time, Timestamp.parse(iso.replace(' ', 'T')));
    }
  }

  @Test
  public void theLargestTimesDoNotOverflow() throws Exception {
    String most = Long.toString(MetadataChange.MAX_TIME);
    Metadata metadata = stored(":ttl:" + most + ":ttb:" + most + ":ttr:" + most.substring(3));
    assertEquals(metadata, Metadata.parse(metadata.toJson()));
  }
}
