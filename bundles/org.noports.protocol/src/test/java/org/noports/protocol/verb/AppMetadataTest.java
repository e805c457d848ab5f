package org.noports.protocol.verb;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.Optional;
import org.junit.Test;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;

public class AppMetadataTest {
  private static final String SAID = "{\"providerId\":\"at/symmetric/AES/GCM\",\"ns\":\"sshnp\"}";

  private static Optional<String> read(String value) throws ProtocolViolation {
    Metadata metadata = Metadata.parse(JsonObject.parse("x", "{\"appMetadata\":" + value + "}"));
    return AppMetadata.of(metadata).map(JsonObject::toJson);
  }

  @Test
  public void theObjectOfAMonitorAndTheBase64OfASyncSayTheSame() throws Exception {
    assertEquals(Optional.of(SAID), read(SAID));
    assertEquals(Optional.of(SAID), read("\"" + AppMetadata.encode(SAID) + "\""));
    assertEquals(Optional.empty(), read("null"));
  }

  @Test
  public void whatIsNoObjectIsRefused() {
    assertThrows(ProtocolViolation.class, () -> read("\"%\""));
    assertThrows(ProtocolViolation.class, () -> read("\"AAAA\""));
  }

  @Test
  public void aMonitorIsToldWhatTheSenderSaid() throws Exception {
    String json =
        "{\"id\":\"1\",\"from\":\"@alice\",\"to\":\"@bob\",\"key\":\"@bob:a.sshnp@alice\","
            + "\"value\":\"x\",\"epochMillis\":1,\"messageType\":\"MessageType.key\","
            + "\"isEncrypted\":true,\"metadata\":{\"appMetadata\":"
            + SAID
            + "}}";
    NotificationJson told = NotificationJson.parse(NotificationJson.parse(json).toText());
    assertEquals(
        Optional.of(SAID), AppMetadata.of(told.metadata().orElseThrow()).map(JsonObject::toJson));
  }
}
