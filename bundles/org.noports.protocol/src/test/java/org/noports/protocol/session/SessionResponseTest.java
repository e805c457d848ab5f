package org.noports.protocol.session;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import org.junit.Test;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.Refused;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.session.SessionResponse.Connected;
import org.noports.protocol.session.WrappedKeys.WrappedKey;

public class SessionResponseTest {
  private static final String SID = "\"sessionId\":\"3f0c2a8e-5d1b-4c47-9a60-2b7e91d4c1aa\"";

  private static Connected connected(String text) throws ProtocolViolation {
    return Connected.parse(JsonObject.parse("response", text));
  }

  @Test
  public void whatBeginsWithABraceIsAnEnvelopeAndAllElseARefusal() throws Exception {
    SessionResponse signed =
        SessionResponse.parse(
            "{\"payload\":{},\"signature\":\"AQID\",\"hashingAlgo\":\"sha256\","
                + "\"signingAlgo\":\"rsa2048\"}");
    assertTrue(signed instanceof SessionResponse.Signed);
    assertEquals(
        new SessionResponse.Refused("Daemon does not permit connections to localhost:99"),
        SessionResponse.parse("Daemon does not permit connections to localhost:99\n"));
    assertTrue(SessionResponse.parse("") instanceof SessionResponse.Refused);
    Refused.message(() -> SessionResponse.parse("{not json"));
  }

  @Test
  public void twinKeysAreReadAndWrittenInTheReferencesOrder() throws Exception {
    String text =
        "{\"status\":\"connected\","
            + SID
            + ",\"aesKeyC2D\":\"a\",\"ivC2D\":\"b\",\"aesKeyD2C\":\"c\",\"ivD2C\":\"d\","
            + "\"eventLoggingConfig\":null}";
    Connected connected = connected(text);
    assertEquals(
        new WrappedKeys.Twin(new WrappedKey("a", "b"), new WrappedKey("c", "d")), connected.keys());
    assertEquals(text, connected.toJson().toJson());
  }

  @Test
  public void oneKeyForBothDirectionsIsReadAndWritten() throws Exception {
    Connected oldest =
        connected(
            "{\"status\":\"connected\"," + SID + ",\"sessionAESKey\":\"a\",\"sessionIV\":\"b\"}");
    assertEquals(new WrappedKeys.Legacy(new WrappedKey("a", "b")), oldest.keys());
    assertEquals(
        "{\"status\":\"connected\","
            + SID
            + ",\"sessionAESKey\":\"a\",\"sessionIV\":\"b\",\"aesKeyD2C\":null,\"ivD2C\":null,"
            + "\"eventLoggingConfig\":null}",
        oldest.toJson().toJson());
    assertEquals(oldest, connected(oldest.toJson().toJson()));
  }

  @Test
  public void aSessionThatIsNotSealedHasNoKeys() throws Exception {
    Connected clear =
        connected(
            "{"
                + SID
                + ",\"sessionAESKey\":null,\"sessionIV\":null,\"ephemeralPrivateKey\":\"k\"}");
    assertEquals(new WrappedKeys.Absent(), clear.keys());
    assertEquals(clear, connected(clear.toJson().toJson()));
  }

  @Test
  public void halfAKeyOrNoSessionIsRefused() {
    Refused.naming("sessionIV", () -> connected("{" + SID + ",\"sessionAESKey\":\"a\"}"));
    Refused.naming(
        "ivD2C",
        () -> connected("{" + SID + ",\"aesKeyC2D\":\"a\",\"ivC2D\":\"b\",\"aesKeyD2C\":\"c\"}"));
    Refused.naming("sessionId", () -> connected("{\"status\":\"connected\"}"));
    Refused.naming("sessionId", () -> connected("{\"sessionId\":7}"));
  }
}
