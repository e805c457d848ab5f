package org.noports.protocol.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.SessionId;
import org.noports.api.relay.RelaySide;
import org.noports.protocol.Refused;
import org.noports.protocol.WireVectors;
import org.noports.protocol.json.JsonObject;

public class EscrTest {
  private static final SessionId SID = SessionId.of("3f0c2a8e-5d1b-4c47-9a60-2b7e91d4c1aa");
  private static final byte[] KEY = WireVectors.base64("escr.aes-key");
  private static final byte[] IV = WireVectors.base64("escr.iv");
  private static final String URI = WireVectors.text("escr.signing-key-uri");

  private static EscrChallenge challenge() {
    byte[] random = new byte[32];
    Arrays.fill(random, (byte) 0xA5);
    return EscrChallenge.of(random);
  }

  private static EscrResponse response() {
    return EscrResponse.sign(
        SID,
        challenge(),
        RelaySide.CLIENT,
        URI,
        bytes -> {
          assertEquals(WireVectors.text("escr.payload"), new String(bytes, UTF_8));
          return WireVectors.base64("escr.signature");
        });
  }

  private static byte[] aes(byte[] iv, byte[] bytes) {
    return WireVectors.aesCtr(KEY, iv, bytes);
  }

  private static EscrLine sealed() {
    return EscrLine.seal(SID, response(), IV, EscrTest::aes);
  }

  private static String text(EscrLine line) {
    String text = new String(line.toLine(), US_ASCII);
    assertTrue(text.endsWith("\n"));
    return text.substring(0, text.length() - 1);
  }

  @Test
  public void theChallengeIsOneLineOf44Characters() throws Exception {
    assertEquals(WireVectors.text("escr.challenge"), challenge().text());
    assertEquals(45, challenge().toLine().length);
    assertEquals(challenge(), EscrChallenge.parse(challenge().text() + "\r"));
  }

  @Test
  public void theResponseIsTheVectorByteForByte() {
    String sealed = Base64.getEncoder().encodeToString(sealed().sealed());
    assertEquals(WireVectors.text("escr.sealed-length"), "" + sealed.length());
    assertTrue(sealed.startsWith(WireVectors.text("escr.sealed-start")));
    assertEquals(WireVectors.text("escr.sealed-sha256"), WireVectors.sha256(sealed));
    String line = text(sealed());
    assertEquals(WireVectors.text("escr.line-length"), "" + line.length());
    assertTrue(line.startsWith(WireVectors.text("escr.line-start")));
  }

  @Test
  public void theRelayOpensChecksAndVerifiesIt() throws Exception {
    EscrLine line = EscrLine.parse(text(sealed()));
    assertEquals(SID, line.sessionId());
    EscrResponse response = line.open(EscrTest::aes);
    assertEquals(RelaySide.CLIENT, response.check(SID, challenge()));
    assertTrue(WireVectors.verifies(response.signedBytes(), response.signatureBytes()));
    assertEquals(
        Optional.of(new SigningKeyUri("primary", AtSign.of("@alice"))), response.signingKey());
  }

  @Test
  public void aResponseToAnotherChallengeSessionOrSideIsRefused() throws Exception {
    EscrResponse response = response();
    EscrChallenge other = EscrChallenge.of(new byte[32]);
    Refused.naming("another challenge", () -> response.check(SID, other));
    Refused.naming("another challenge", () -> response.check(SessionId.random(), challenge()));
    EscrResponse middle =
        EscrResponse.parse(response.toText().replace("\"side\":\"a\"", "\"side\":\"c\""));
    Refused.naming("neither a nor b", () -> middle.check(SID, challenge()));
  }

  @Test
  public void aLineSealedWithAnotherKeyIsRefused() throws Exception {
    EscrLine line = EscrLine.parse(text(sealed()));
    for (int i = 0; i < 64; i++) {
      byte[] wrong = KEY.clone();
      wrong[i % 32] ^= (byte) (1 + i / 32);
      Refused.message(() -> line.open((iv, bytes) -> WireVectors.aesCtr(wrong, iv, bytes)));
    }
  }

  @Test
  public void malformedLinesAreRefused() {
    String good = text(sealed());
    String packed = good.substring(37);
    for (String line :
        new String[] {
          "",
          ":",
          SID + ":",
          good + ":",
          good + " ",
          good.replace(":", ""),
          "x:" + packed,
          SID + ":e30=",
          SID + ":!!",
          good + "\u00e9",
          "x".repeat(5000),
          SID + ":" + encoded("{\"iv\":\"AAAA\",\"e\":\"AAAA\"}"),
          SID + ":" + encoded("{\"iv\":\"EBESExQVFhcYGRobHB0eHw==\"}"),
          SID + ":" + encoded("{\"iv\":7,\"e\":\"AAAA\"}")
        }) {
      Refused.message(() -> EscrLine.parse(line).open(EscrTest::aes));
    }
    for (String line : new String[] {"", "ok", "AAAA", "Socket auth failed", "\u00e9".repeat(44)}) {
      Refused.naming("relay challenge", () -> EscrChallenge.parse(line));
    }
    Refused.naming(
        "sha256", () -> EscrResponse.parse(response().toText().replace("sha256", "md5")));
    Refused.naming(
        "'p'", () -> EscrResponse.parse(response().toText().replace("{\"p\"", "{\"q\"")));
  }

  private static String encoded(String json) {
    return Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
  }

  @Test
  public void onlyRecordsOfActiveKeysAreSigningKeys() {
    assertEquals(URI, SigningKeyUri.of(Optional.empty(), AtSign.of("@alice")).toString());
    assertEquals("_apsk.primary.a.__e", SigningKeyUri.find(URI).orElseThrow().name());
    assertTrue(SigningKeyUri.find("_apsk.8b0c-1_X.a.__e@bob").isPresent());
    for (String wrong :
        new String[] {
          "public:_apsk.x.r.__e@bob",
          "public:dsk.x.__wa@bob",
          "public:_apsk.x.a.__e",
          "public:_apsk.x.a.__e@b:b",
          "public:_apsk.x.y.a.__e@bob",
          "private:_apsk.x.a.__e@b",
          "public:_apsk..a.__e@bob",
          "public:_apsk.x.a.__e@bob\n",
          "",
          "x@public:_apsk.x.a.__e@b"
        }) {
      assertEquals(wrong, Optional.empty(), SigningKeyUri.find(wrong));
    }
  }

  @Test
  public void unknownFieldsOfTheEnvelopeAreIgnored() throws Exception {
    JsonObject json = JsonObject.parse("test", response().toText());
    EscrResponse newer = EscrResponse.parse(json.toBuilder().put("news", "x").build().toJson());
    assertEquals(response(), newer);
  }

  @Test
  public void theKeyThatAnAnswerNamesIsKept() throws Exception {
    JsonObject json = JsonObject.parse("test", response().toText());
    String named = json.toBuilder().put("kid", "b5d4045c3f466fa9").build().toJson();
    assertEquals(Optional.of("b5d4045c3f466fa9"), EscrResponse.parse(named).kid());
    assertEquals(named, EscrResponse.parse(named).toText());
  }
}
