package org.noports.protocol.session;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.time.Duration;
import java.util.Optional;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.Refused;
import org.noports.protocol.json.JsonObject;

public class NptRequestTest {
  private static final String NEWEST =
      "{\"sessionId\":\"3f0c2a8e-5d1b-4c47-9a60-2b7e91d4c1aa\",\"rvdHost\":\"relay.example.org\","
          + "\"rvdPort\":40002,\"requestedPort\":3389,\"requestedHost\":\"localhost\","
          + "\"authenticateToRvd\":true,\"relayAuthMode\":\"payload\",\"relayAuthAesKey\":null,"
          + "\"clientNonce\":\"2025-11-20T10:15:30.123456\","
          + "\"rvdNonce\":\"2025-11-20T10:15:30.456789\",\"encryptRvdTraffic\":true,"
          + "\"clientEphemeralPK\":\"MIIBIjAN\",\"clientEphemeralPKType\":\"rsa2048\","
          + "\"timeout\":30000,\"twinKeys\":true,\"relayAtsign\":\"@relay\"}";

  private static NptRequest parse(String text) throws ProtocolViolation {
    return NptRequest.parse(JsonObject.parse("npt_request", text));
  }

  @Test
  public void theNewestFormIsWrittenInTheReferencesOrder() throws Exception {
    NptRequest request = parse(NEWEST);
    assertEquals(NEWEST, request.toJson().toJson());
    assertEquals(Duration.ofSeconds(30), request.timeout());
    assertEquals(Optional.of(AtSign.of("@relay")), request.relayAtSign());
  }

  @Test
  public void anOlderFormGetsDefaults() throws Exception {
    NptRequest request =
        parse(
            "{\"sessionId\":\"3f0c2a8e-5d1b-4c47-9a60-2b7e91d4c1aa\",\"rvdHost\":\"r\","
                + "\"rvdPort\":1,\"requestedPort\":22,\"requestedHost\":\"localhost\","
                + "\"future\":{\"x\":[1]}}");
    assertEquals(RelayAuthMode.PAYLOAD, request.relayAuthMode());
    assertEquals(Duration.ofMinutes(1), request.timeout());
    assertFalse(request.twinKeys());
    assertEquals(Optional.empty(), request.relayAtSign());
    assertEquals(Optional.empty(), request.relayAuthAesKey());
  }

  @Test
  public void malformedRequestsAreRefusedByField() {
    refused("sessionId", NEWEST.replace("3f0c2a8e-", "x"));
    refused("rvdPort", NEWEST.replace("40002", "400020"));
    refused("rvdPort", NEWEST.replace("40002", "\"40002\""));
    refused("requestedPort", NEWEST.replace("3389", "-1"));
    refused("requestedHost", NEWEST.replace("\"localhost\"", "null"));
    refused("relayAuthMode", NEWEST.replace("\"payload\"", "\"magic\""));
    refused("relayAtsign", NEWEST.replace("@relay\"", "@re lay\""));
    refused("timeout", NEWEST.replace("30000", "30000.5"));
    refused("timeout", NEWEST.replace("30000", "-30000"));
    refused("timeout", NEWEST.replace("30000", "9223372036854775807"));
    refused("twinKeys", NEWEST.replace("\"twinKeys\":true", "\"twinKeys\":1"));
  }

  private static void refused(String field, String text) {
    Refused.naming(field, () -> parse(text));
  }

  @Test
  public void toStringShowsNoKeysAndNoNonces() throws Exception {
    String keyed = NEWEST.replace("\"relayAuthAesKey\":null", "\"relayAuthAesKey\":\"SECRET\"");
    assertEquals(
        "NptRequest[3f0c2a8e-5d1b-4c47-9a60-2b7e91d4c1aa to localhost:3389]",
        parse(keyed).toString());
  }
}
