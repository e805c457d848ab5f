package org.noports.cipher.classic;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.After;
import org.junit.Test;
import org.noports.api.ProtocolViolation;
import org.noports.api.cipher.EphemeralKey;
import org.noports.api.health.Health;

/** Key transport, and signatures against docs/protocol/noports.md 12.1 and 12.2. */
public class RsaTest {
  private static final String PUBLIC_KEY =
      "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAth9nXMz1By12qkbu5u2wfoHCBJbe8+0n6TQp7vvG5dGTvkIB"
          + "9fB945ebaQ7zxshSvjCu4z5JDrKfS9A0imsCgT9wXhtbOWI6608eG10z5cBLrgZ3YUOBVBUYPA0s43ckq7hyxKfu"
          + "PcI5PK8LbbK7p3seA3Q7tTZXjJiXbp4pYVaVOMo89qyF4JE/kqijbuW+laNHFTsx8PYBd1s9+gICu3qC3ZRscYSo"
          + "2+351PnwDu3v1x2A4qdRzyDi97vz5Rq3/DNkiB745hhfL6RvqNQz+5w+jTXyc6R8Og+NOJtkPTUw2rwgAE6q+nXO"
          + "Zs+LN/Ne42jVU9hoDxvnZRsKIGk4ZwIDAQAB";
  private static final byte[] PAYLOAD =
      ("{\"sessionId\":\"3f0c2a8e-5d1b-4c47-9a60-2b7e91d4c1aa\","
              + "\"clientNonce\":\"2025-11-20T10:15:30.123456\","
              + "\"rvdNonce\":\"2025-11-20T10:15:30.456789\"}")
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SIGNATURE =
      Base64.getDecoder()
          .decode(
              "g+w5DPaanedf8/TUcksd4870aMZQTBur3zxoMezaVl2AojfIdd0OnC1kDv5rprraIaxgV7oqGjWyjLOOV6Ix"
                  + "VxJ7Eg8Q6FX0ZBQd46ACIMeoTHMp1HW3BXjR7ZSAVAK1epSmEiP+CMxmKj7MmY6dJAQXM4eEiDFE"
                  + "ICXX2PoanZCt6lhLi0tsp4h9fHOZypYl2DLE1eZXHxLk/6zgQjmGE7wzMeL7T0hLYFJSUkdDNHyS"
                  + "sOsccoHy5wLDlrCDxvP29N9DqcIdmDZs2UEA8oCLtpeZAzHQPGhLjqAgCp/1b32fHOrVqbreMATE"
                  + "KZgkQKj88VVI2HL85cPDBo32j+3AAg==");

  private final Rsa2048KeyTransport transport = new Rsa2048KeyTransport();
  private final Rsa2048Sha256 signature = new Rsa2048Sha256();

  @After
  public void deactivate() {
    transport.deactivate();
  }

  @Test
  public void verifiesTheSignedLineOfTheProtocolAndNothingElse() throws Exception {
    assertTrue(signature.verifies(PUBLIC_KEY, PAYLOAD, SIGNATURE));
    byte[] other = PAYLOAD.clone();
    other[20]++;
    assertFalse(signature.verifies(PUBLIC_KEY, other, SIGNATURE));
    byte[] forged = SIGNATURE.clone();
    forged[0]++;
    assertFalse(signature.verifies(PUBLIC_KEY, PAYLOAD, forged));
  }

  @Test
  public void saysNoToWhatIsNoKeyOrNoSignature() throws Exception {
    assertFalse(signature.verifies("not base64!", PAYLOAD, SIGNATURE));
    assertFalse(signature.verifies("AAAA", PAYLOAD, SIGNATURE));
    assertFalse(signature.verifies("", PAYLOAD, SIGNATURE));
    assertFalse(signature.verifies(PUBLIC_KEY, PAYLOAD, new byte[3]));
  }

  @Test
  public void carriesASecretToTheHolderOfTheKeyOnly() throws Exception {
    byte[] secret = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=".getBytes("US-ASCII");
    try (EphemeralKey mine = transport.generate();
        EphemeralKey other = transport.generate()) {
      assertNotEquals(mine.publicKey(), other.publicKey());
      byte[] wrapped = transport.wrap(mine.publicKey(), secret);
      assertEquals(256, wrapped.length);
      assertArrayEquals(secret, mine.unwrap(wrapped));
      assertThrows(ProtocolViolation.class, () -> other.unwrap(wrapped));
    }
  }

  @Test
  public void opensNothingAfterItIsClosed() throws Exception {
    EphemeralKey key = transport.generate();
    byte[] wrapped = transport.wrap(key.publicKey(), new byte[1]);
    key.close();
    assertThrows(IllegalStateException.class, () -> key.unwrap(wrapped));
  }

  @Test
  public void refusesToWrapForAnythingButAnRsaKeyOf2048Bits() {
    assertThrows(ProtocolViolation.class, () -> transport.wrap("AAAA", new byte[1]));
    assertThrows(ProtocolViolation.class, () -> transport.wrap(PUBLIC_KEY, new byte[246]));
  }

  @Test
  public void reportsThatTheJdkComputes() {
    assertEquals(Health.Status.OK, new ClassicHealth().check().status());
  }
}
