package org.noports.protocol.relay;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.Base64;
import org.junit.Test;
import org.noports.api.SessionId;
import org.noports.protocol.Refused;
import org.noports.protocol.WireVectors;
import org.noports.protocol.session.SignedEnvelope;

public class RelayLineTest {
  private static final String VECTOR = WireVectors.text("relay-line");
  private static final RelayLine LINE =
      new RelayLine(
          SessionId.of("3f0c2a8e-5d1b-4c47-9a60-2b7e91d4c1aa"),
          "2025-11-20T10:15:30.123456",
          "2025-11-20T10:15:30.456789");

  @Test
  public void theVectorIsMadeByteForByte() throws Exception {
    byte[] signature = SignedEnvelope.parse(VECTOR).signatureBytes();
    String line =
        LINE.sign(
            bytes -> {
              assertTrue(WireVectors.verifies(bytes, signature));
              return signature;
            });
    assertEquals(VECTOR, line);
  }

  @Test
  public void theVectorIsAboutItsSessionAndVerified() throws Exception {
    SignedEnvelope checked = LINE.check(VECTOR);
    assertTrue(WireVectors.verifies(checked.signedBytes(), checked.signatureBytes()));
  }

  @Test
  public void aLineOfAnotherSessionIsRefused() {
    RelayLine other = new RelayLine(SessionId.random(), LINE.clientNonce(), LINE.rvdNonce());
    Refused.naming("not about this session", () -> other.check(VECTOR));
    RelayLine nonce = new RelayLine(LINE.sessionId(), LINE.clientNonce(), "x");
    Refused.naming("not about this session", () -> nonce.check(VECTOR));
    Refused.message(() -> LINE.check("GET / HTTP/1.1"));
    Refused.message(() -> LINE.check(VECTOR.replace("rvdNonce", "nonce")));
  }

  @Test
  public void whatIsAddedToThePayloadIsNotTakenForSigned() throws Exception {
    String more = VECTOR.replace("456789\"}", "456789\",\"admin\":true}");
    SignedEnvelope checked = LINE.check(more);
    assertFalse(checked.payload().has("admin"));
    assertTrue(WireVectors.verifies(checked.signedBytes(), checked.signatureBytes()));
    String wrong =
        VECTOR.replace(
            "g+w5DPaane", Base64.getEncoder().encodeToString(new byte[9]).substring(0, 10));
    SignedEnvelope forged = LINE.check(wrong);
    assertFalse(WireVectors.verifies(forged.signedBytes(), forged.signatureBytes()));
  }
}
