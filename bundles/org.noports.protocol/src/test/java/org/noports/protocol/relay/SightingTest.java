package org.noports.protocol.relay;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import java.net.InetAddress;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.SessionId;
import org.noports.api.relay.RelaySide;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.session.SignedEnvelope;

public final class SightingTest {
  private static final SessionId SESSION = SessionId.of("3f0c2a8e-5d1b-4c47-9a60-2b7e91d4c1aa");

  private static Sighting from(Optional<InetAddress> address) {
    return new Sighting(AtSign.of("@relay"), SESSION, AtSign.of("@alice"), "nonce", address);
  }

  private static Sighting read(String address) throws Exception {
    String word = from(Optional.of(InetAddress.getByName("192.0.2.7"))).sign(bytes -> bytes);
    return Sighting.of(SignedEnvelope.parse(word.replace("\"192.0.2.7\"", address)));
  }

  @Test
  public void aWordIsAnEnvelopeOverAllThatItIsAbout() throws Exception {
    Sighting seen = from(Optional.of(InetAddress.getByName("2001:db8::7")));
    SignedEnvelope envelope = SignedEnvelope.parse(seen.sign(bytes -> new byte[256]));
    assertThat(
        envelope.payload().toJson(),
        is(
            "{\"observed\":{\"relay\":\"@relay\",\"sessionId\":\""
                + SESSION
                + "\",\"client\":\"@alice\",\"nonce\":\"nonce\",\"address\":\"2001:db8:0:0:0:0:0:7\"}}"));
    assertThat(Sighting.of(envelope), is(seen));
    Sighting nobody = from(Optional.empty());
    assertThat(Sighting.of(SignedEnvelope.parse(nobody.sign(bytes -> new byte[256]))), is(nobody));
  }

  @Test
  public void nothingButAnAddressIsReadAsOneAndNoNameIsLookedUp() throws Exception {
    assertThat(read("\"10.0.0.255\"").address().orElseThrow().getHostAddress(), is("10.0.0.255"));
    assertThat(read("\"::1\"").address().orElseThrow(), is(InetAddress.getByName("::1")));
    assertThat(
        read("\"::ffff:192.0.2.1\"").address().orElseThrow(),
        is(InetAddress.getByName("192.0.2.1")));
    for (String other :
        List.of(
            "\"localhost\"",
            "\"beef.cafe\"",
            "\"1.2.3\"",
            "\"256.1.1.1\"",
            "\"1.2.3.4.\"",
            "\"1.2.3.4.5\"",
            "\":\"",
            "\"fe80::1%lo\"",
            "\"\"",
            "17")) {
      assertThrows(other, ProtocolViolation.class, () -> read(other));
    }
  }

  @Test
  public void anAnswerThatAsksIsReadByThoseWhoDoNotKnowAndByUs() throws Exception {
    EscrResponse plain =
        EscrResponse.sign(
            SESSION,
            EscrChallenge.of(new byte[32]),
            RelaySide.DEVICE,
            "public:_apsk.primary.a.__e@device",
            bytes -> new byte[256]);
    assertThat(plain.nonce(), is(Optional.empty()));
    EscrResponse asking = EscrResponse.parse(plain.observing("n0nce").toText());
    assertThat(asking.nonce(), is(Optional.of("n0nce")));
    assertThat(asking.signedBytes(), is(plain.signedBytes()));
    JsonObject without = JsonObject.parse("answer", plain.toText());
    JsonObject with = JsonObject.parse("answer", asking.toText());
    assertThat(with.fields().size(), is(without.fields().size() + 1));
    assertThat(Base64.getDecoder().decode(asking.signature()), is(new byte[256]));
    assertThat(EscrResponse.parse(plain.observing("a b").toText()).nonce(), is(Optional.empty()));
  }
}
