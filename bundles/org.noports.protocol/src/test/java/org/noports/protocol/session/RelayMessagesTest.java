package org.noports.protocol.session;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.util.List;
import org.junit.Test;
import org.noports.protocol.Refused;

public class RelayMessagesTest {
  private static final String SID = "3f0c2a8e-5d1b-4c47-9a60-2b7e91d4c1aa";
  private static final String REQUEST =
      "{\"sessionId\":\""
          + SID
          + "\",\"atSignA\":\"@client\",\"atSignB\":\"@device\",\"authenticateSocketA\":true,"
          + "\"authenticateSocketB\":true,\"clientNonce\":\"2025-11-20T10:15:30.123456\","
          + "\"relayAuthMode\":\"payload\",\"relayAuthAesKey\":null,\"only443\":false,"
          + "\"multipleAcksOk\":true,\"preFetch\":[],\"sendJsonResponse\":true}";

  @Test
  public void aRequestIsWrittenInTheReferencesOrder() throws Exception {
    assertEquals(REQUEST, RelayRequest.parse(REQUEST).toText());
  }

  @Test
  public void anOlderRequestGetsDefaults() throws Exception {
    RelayRequest request =
        RelayRequest.parse(
            "{\"sessionId\":\"" + SID + "\",\"atSignA\":\"client\",\"atSignB\":\"@Device\"}");
    assertEquals("@client", request.client().name());
    assertEquals("@device", request.device().name());
    assertEquals(RelayAuthMode.PAYLOAD, request.relayAuthMode());
    assertEquals(List.of(), request.preFetch());
    assertFalse(request.authenticateClient() || request.multipleAcksOk() || request.only443());
  }

  @Test
  public void malformedRequestsAreRefused() {
    Refused.message(() -> RelayRequest.parse(SID));
    Refused.naming("atSignB", () -> RelayRequest.parse(REQUEST.replace("@device", "@")));
    Refused.naming("preFetch", () -> RelayRequest.parse(REQUEST.replace("[]", "{}")));
    Refused.naming("sessionId", () -> RelayRequest.parse(REQUEST.replace(SID, "1")));
  }

  @Test
  public void aReplyIsReadAndWrittenAsFields() throws Exception {
    String fields = "relay.example.org,40001,40002,2025-11-20T10:15:30.456789";
    RelayReply reply = RelayReply.parse(fields);
    assertEquals(40001, reply.clientPort());
    assertEquals(40002, reply.devicePort());
    assertFalse(reply.autoDetectsRelayAuth());
    assertEquals(fields, reply.toFields());
  }

  @Test
  public void aReplyIsReadAndWrittenAsJson() throws Exception {
    String json =
        "{\"address\":\"relay.example.org\",\"portA\":40001,\"portB\":40002,\"rvdNonce\":\"n\","
            + "\"supportsEventLogging\":true,\"autoDetectsRelayAuth\":true}";
    assertEquals(json, RelayReply.parse(json).toJson());
    assertFalse(
        RelayReply.parse("{\"address\":\"r\",\"portA\":443,\"portB\":443}").autoDetectsRelayAuth());
  }

  @Test
  public void malformedRepliesAreRefused() {
    for (String text :
        new String[] {
          "",
          "x",
          "h,1",
          "h,1,2,n,m",
          ",1,2,n",
          "h,0,2,n",
          "h,1,65536,n",
          "h,a,2,n",
          "h,-1,2,n",
          "{\"address\":\"h\"}",
          "{\"address\":\"h\",\"portA\":\"1\"}",
          "{"
        }) {
      Refused.message(() -> RelayReply.parse(text));
    }
  }

  @Test
  public void authModesAreReadAndWritten() throws Exception {
    String text =
        "{\"sessionId\":\""
            + SID
            + "\",\"rvdNonce\":\"n\",\"sideA\":\"escr\",\"sideB\":\"payload\"}";
    assertEquals(text, AuthModes.parse(text).toText());
    Refused.naming("sideB", () -> AuthModes.parse(text.replace("payload", "none")));
  }

  @Test
  public void toStringShowsNoKey() throws Exception {
    String keyed = REQUEST.replace("\"relayAuthAesKey\":null", "\"relayAuthAesKey\":\"SECRET\"");
    assertFalse(RelayRequest.parse(keyed).toString().contains("SECRET"));
  }
}
