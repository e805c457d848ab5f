package org.noports.protocol.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import org.junit.Test;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.Refused;
import org.noports.protocol.WireVectors;
import org.noports.protocol.json.JsonObject;

public class SignedEnvelopeTest {
  private static final String LINE = WireVectors.text("relay-line");

  @Test
  public void theVectorIsReadWrittenAgainAndVerified() throws Exception {
    SignedEnvelope envelope = SignedEnvelope.parse(LINE);
    assertEquals(LINE, envelope.toText());
    assertTrue(WireVectors.verifies(envelope.signedBytes(), envelope.signatureBytes()));
  }

  @Test
  public void theSignatureIsOverThePayloadWithoutTheSendersWhiteSpace() throws Exception {
    SignedEnvelope envelope = SignedEnvelope.parse(LINE.replace("\":\"", "\" : \""));
    assertTrue(WireVectors.verifies(envelope.signedBytes(), envelope.signatureBytes()));
  }

  @Test
  public void aPayloadInAnotherOrderIsNotWhatWasSigned() throws Exception {
    SignedEnvelope envelope = SignedEnvelope.parse(LINE);
    JsonObject moved =
        JsonObject.builder()
            .put("rvdNonce", envelope.payload().requireText("rvdNonce"))
            .put("sessionId", envelope.payload().requireText("sessionId"))
            .put("clientNonce", envelope.payload().requireText("clientNonce"))
            .build();
    assertFalse(WireVectors.verifies(moved.toJson().getBytes(UTF_8), envelope.signatureBytes()));
  }

  @Test
  public void signingPutsTheSignersBytesAsBase64() throws Exception {
    JsonObject payload = JsonObject.builder().put("ü", "/").put("n", 1).build();
    byte[][] asked = new byte[1][];
    SignedEnvelope envelope =
        SignedEnvelope.sign(
            payload,
            bytes -> {
              asked[0] = bytes;
              return new byte[] {1, 2, 3};
            });
    assertArrayEquals("{\"ü\":\"/\",\"n\":1}".getBytes(UTF_8), asked[0]);
    assertEquals(
        "{\"payload\":{\"ü\":\"/\",\"n\":1},\"signature\":\"AQID\","
            + "\"hashingAlgo\":\"sha256\",\"signingAlgo\":\"rsa2048\"}",
        envelope.toText());
    assertEquals(envelope, SignedEnvelope.parse(envelope.toText()));
  }

  @Test
  public void malformedEnvelopesAreRefused() {
    String good = "{\"payload\":{},\"signature\":\"AQID\",\"hashingAlgo\":\"sha256\"";
    refused("payload", "{\"signature\":\"AQID\"}");
    refused("payload", good.replace("{},", "\"x\",") + ",\"signingAlgo\":\"rsa2048\"}");
    refused("signature", good.replace("AQID", "A*Q") + ",\"signingAlgo\":\"rsa2048\"}");
    refused("signingAlgo", good + "}");
    refused("algorithms", good + ",\"signingAlgo\":\"rsa1024\"}");
    refused("algorithms", good.replace("sha256", "md5") + ",\"signingAlgo\":\"rsa2048\"}");
    refused("signed envelope", "connected");
  }

  private static void refused(String naming, String text) {
    Refused.naming(naming, () -> SignedEnvelope.parse(text));
  }

  @Test
  public void toStringShowsNeitherPayloadNorSignature() throws ProtocolViolation {
    assertEquals(
        "SignedEnvelope[JsonObject[sessionId,clientNonce,rvdNonce]]",
        SignedEnvelope.parse(LINE).toString());
  }
}
