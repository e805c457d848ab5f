package org.noports.relay.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.PeerUnverified;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.SessionId;
import org.noports.api.cipher.KeyStream;
import org.noports.api.cipher.StreamCipher;
import org.noports.api.relay.RelaySide;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.relay.EscrChallenge;
import org.noports.protocol.relay.EscrLine;
import org.noports.protocol.relay.EscrResponse;
import org.noports.protocol.relay.RelayLine;
import org.noports.testkit.Stages;
import org.noports.testkit.fakes.FakeAtServers;
import org.noports.testkit.fakes.JdkCiphers;

/** Proofs that another program made: the vectors of docs/protocol/noports.md 12.1 to 12.3. */
public class SideVerifierTest {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final SessionId SESSION = SessionId.of("3f0c2a8e-5d1b-4c47-9a60-2b7e91d4c1aa");
  private static final EscrChallenge CHALLENGE =
      new EscrChallenge("paWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaU=");
  private static final String PUBLIC_KEY =
      "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAth9nXMz1By12qkbu5u2wfoHCBJbe8+0n6TQp7vvG5dGTvkIB"
          + "9fB945ebaQ7zxshSvjCu4z5JDrKfS9A0imsCgT9wXhtbOWI6608eG10z5cBLrgZ3YUOBVBUYPA0s43ckq7hyxKfu"
          + "PcI5PK8LbbK7p3seA3Q7tTZXjJiXbp4pYVaVOMo89qyF4JE/kqijbuW+laNHFTsx8PYBd1s9+gICu3qC3ZRscYSo"
          + "2+351PnwDu3v1x2A4qdRzyDi97vz5Rq3/DNkiB745hhfL6RvqNQz+5w+jTXyc6R8Og+NOJtkPTUw2rwgAE6q+nXO"
          + "Zs+LN/Ne42jVU9hoDxvnZRsKIGk4ZwIDAQAB";
  private static final String LINE =
      "{\"payload\":{\"sessionId\":\"3f0c2a8e-5d1b-4c47-9a60-2b7e91d4c1aa\","
          + "\"clientNonce\":\"2025-11-20T10:15:30.123456\","
          + "\"rvdNonce\":\"2025-11-20T10:15:30.456789\"},"
          + "\"signature\":\"g+w5DPaanedf8/TUcksd4870aMZQTBur3zxoMezaVl2AojfIdd0OnC1kDv5rprraIaxgV7oqGj"
          + "WyjLOOV6IxVxJ7Eg8Q6FX0ZBQd46ACIMeoTHMp1HW3BXjR7ZSAVAK1epSmEiP+CMxmKj7MmY6dJAQXM4eEiDFEICX"
          + "X2PoanZCt6lhLi0tsp4h9fHOZypYl2DLE1eZXHxLk/6zgQjmGE7wzMeL7T0hLYFJSUkdDNHySsOsccoHy5wLDlrCD"
          + "xvP29N9DqcIdmDZs2UEA8oCLtpeZAzHQPGhLjqAgCp/1b32fHOrVqbreMATEKZgkQKj88VVI2HL85cPDBo32j+3AA"
          + "g==\",\"hashingAlgo\":\"sha256\",\"signingAlgo\":\"rsa2048\"}";
  private static final String RESPONSE_SIGNATURE =
      "fBpNG14J0hON5kb37isEFDuLRepKIaEHs+/J84LtS/sTHwOcsHjn2FY+IegAmxWSyPdCbnd+X7FfSzzX8NmGE1Skh6i2"
          + "qYSAl7OP9Gt9Brw6YzOYvqfNtfQUJrVpeBd5MZWAec7wuCqibjkYA+APEbwsUj1Ju0KM3Jx7FiLOhh8PWZPI8Qj8"
          + "pMnxOs+ndW8leH4nFxOFlo5+hQ7v56OGLJcd9Z9nYUkgZ21WIGhX/8vJ0xsD6RE6DtYvYLiQintM5C/hDxU+qxB+"
          + "chOW4HoWKhiCtyL2F5BcPZ7SrJK21WnsW3mCamMr/8oGVjW8VabMRixV2HO0deBaYwVWl7Fc4g==";

  private final FakeAtServers world = new FakeAtServers();
  private Optional<String> listed = Optional.empty();
  private final SideVerifier verifier = verifier("2025-11-20T10:15:30.456789");

  private SideVerifier verifier(String relayNonce) {
    world.publishEncryptionKey(ALICE, PUBLIC_KEY);
    world.publish("_apsk.primary.a.__e", ALICE, listed.orElse(PUBLIC_KEY));
    SessionTerms terms =
        new SessionTerms(
            ALICE,
            AtSign.of("@device"),
            new RelayLine(SESSION, "2025-11-20T10:15:30.123456", relayNonce),
            true,
            true,
            Optional.empty(),
            Optional.of(Secret.owning(key())),
            false);
    return new SideVerifier(
        terms,
        RelaySide.CLIENT,
        new SideKeys(() -> Optional.of(world.of(AtSign.of("@relay")))),
        () -> Optional.of(new JdkCiphers()),
        nonce -> Optional.empty());
  }

  private static byte[] key() {
    byte[] key = new byte[32];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) i;
    }
    return key;
  }

  @Test
  public void theRecordedLineIsBelievedAndAnyOtherNonceIsNot() {
    Stages.value(verifier.line(LINE));
    Stages.failure(ProtocolViolation.class, verifier("2025-11-20T10:15:30.456780").line(LINE));
    String forged = LINE.replace("g+w5", "h+w5");
    Stages.failure(PeerUnverified.class, verifier.line(forged));
  }

  private static String response(String key, String side) throws Exception {
    JsonObject payload =
        JsonObject.parse(
            "p",
            "{\"sid\":\""
                + SESSION
                + "\",\"c\":\""
                + CHALLENGE.text()
                + "\",\"side\":\""
                + side
                + "\"}");
    EscrResponse response =
        new EscrResponse(
            payload, RESPONSE_SIGNATURE, "rsa2048", key, Optional.empty(), Optional.empty());
    byte[] iv = new byte[EscrLine.IV_BYTES];
    try (KeyStream stream =
        new JdkCiphers().streamCipher(StreamCipher.AES_256_CTR).start(Secret.owning(key()), iv)) {
      byte[] line =
          EscrLine.seal(
                  SESSION,
                  response,
                  iv,
                  (same, clear) -> {
                    byte[] hidden = new byte[clear.length];
                    stream.apply(ByteBuffer.wrap(clear), ByteBuffer.wrap(hidden));
                    return hidden;
                  })
              .toLine();
      return new String(line, java.nio.charset.StandardCharsets.US_ASCII).strip();
    }
  }

  @Test
  public void theRecordedAnswerIsBelieved() throws Exception {
    Stages.value(verifier.response(response("public:_apsk.primary.a.__e@alice", "a"), CHALLENGE));
  }

  @Test
  public void anAnswerUnderAnyOtherKeyOrSideIsNot() throws Exception {
    for (String uri :
        new String[] {
          "public:_apsk.primary.a.__e@mallory",
          "public:_apsk.primary.r.__e@alice",
          "public:_apsk.other.a.__e.sub@alice",
          "public:publickey@alice"
        }) {
      PeerUnverified failure =
          Stages.failure(PeerUnverified.class, verifier.response(response(uri, "a"), CHALLENGE));
      assertThat(failure.getMessage(), containsString("no active key of @alice"));
    }
    String otherSide = response("public:_apsk.primary.a.__e@alice", "b");
    assertThat(
        Stages.failure(PeerUnverified.class, verifier.response(otherSide, CHALLENGE)).getMessage(),
        containsString("other side"));
  }

  /** Whoever publishes several keys is believed by the strongest only, and by the one it names. */
  @Test
  public void aListOfKeysIsReadAndAWeakerKeyThanItsStrongestIsNotBelieved() throws Exception {
    String rsa =
        "{\"kid\":\"aa\",\"use\":\"sign\",\"alg\":\"rsa2048\",\"pub\":\"" + PUBLIC_KEY + "\"}";
    String retired = rsa.replace("\"pub\"", "\"status\":\"retired\",\"pub\"");
    String strong = "{\"kid\":\"bb\",\"use\":\"sign\",\"alg\":\"mldsa65\",\"pub\":\"AAAA\"}";
    String answer = response("public:_apsk.primary.a.__e@alice", "a");
    publish(rsa);
    Stages.value(verifier("2025-11-20T10:15:30.456789").response(answer, CHALLENGE));
    publish(retired);
    requireUnverified(answer, "no key that we know");
    publish(rsa + "," + strong);
    requireUnverified(answer, "offers mldsa65");
    publish(rsa + "," + rsa.replace("aa", "cc"));
    requireUnverified(answer, "which of several");
  }

  private void publish(String keys) {
    listed = Optional.of("{\"v\":1,\"keys\":[" + keys + "]}");
  }

  private void requireUnverified(String answer, String reason) {
    assertThat(
        Stages.failure(
                PeerUnverified.class,
                verifier("2025-11-20T10:15:30.456789").response(answer, CHALLENGE))
            .getMessage(),
        containsString(reason));
  }

  @Test
  public void oneSessionLooksUpOnlyAFewSigningKeys() throws Exception {
    for (int i = 1; i <= 4; i++) {
      world.publish("_apsk.e" + i + ".a.__e", ALICE, PUBLIC_KEY);
      Stages.value(
          verifier.response(response("public:_apsk.e" + i + ".a.__e@alice", "a"), CHALLENGE));
    }
    assertThat(
        Stages.failure(
                PeerUnverified.class,
                verifier.response(response("public:_apsk.primary.a.__e@alice", "a"), CHALLENGE))
            .getMessage(),
        containsString("More than 4 signing keys"));
  }
}
