package org.noports.protocol.np2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.DeviceName;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.SessionId;
import org.noports.api.identity.Fingerprint;
import org.noports.api.policy.Requirement;
import org.noports.api.tunnel.Suite;
import org.noports.protocol.json.JsonObject;
import org.noports.testkit.fakes.JdkDerivation;

public class HandshakeTest {
  private static final String BYTES = Base64.getEncoder().encodeToString(new byte[32]);
  private static final SessionId SESSION = SessionId.of("3f0c2a8e-5d1b-4c47-9a60-2b7e91d4c1aa");
  private static final HandshakeKeys KEYS = new HandshakeKeys(new JdkDerivation());

  private static Np2Offer offer(Optional<Np2Offer.Resumption> resumption) {
    return new Np2Offer(
        AtSign.of("@alice"),
        AtSign.of("@device"),
        DeviceName.of("dev1"),
        resumption.isPresent() ? Np2Offer.Kind.RESUME : Np2Offer.Kind.NPT,
        "localhost",
        22,
        AtSign.of("@relay"),
        SESSION,
        BYTES,
        Optional.of(BYTES),
        List.of(Suite.X25519_AES_256_GCM, Suite.X25519_CHACHA20_POLY1305),
        Map.of("x25519", BYTES),
        "org.noports.cipher.modern 0.1.0",
        resumption);
  }

  private static JsonObject payload(JsonObject np2) {
    return JsonObject.builder().put("other", 1).put(Np2Offer.FIELD, np2).build();
  }

  @Test
  public void anOfferIsReadAsItWasWritten() throws Exception {
    Np2Offer plain = offer(Optional.empty());
    assertEquals(Optional.of(plain), Np2Offer.of(payload(plain.toJson())));
    Np2Offer resumes = offer(Optional.of(new Np2Offer.Resumption(SESSION, 3)));
    assertEquals(Optional.of(resumes), Np2Offer.of(payload(resumes.toJson())));
    assertTrue(plain.toJson().toJson().chars().allMatch(c -> c >= ' ' && c <= '~'));
  }

  @Test
  public void anAnswerIsReadAsItWasWritten() throws Exception {
    Np2Answer.Chosen half =
        new Np2Answer.Chosen(Suite.X25519_AES_256_GCM, BYTES, BYTES, "r\u00fcle \"1\"", "modern");
    for (Optional<Np2Answer.Chosen> chosen :
        List.of(Optional.of(half), Optional.<Np2Answer.Chosen>empty())) {
      Np2Answer answer = new Np2Answer(List.of(Suite.X25519_AES_256_GCM), BYTES, chosen);
      assertEquals(Optional.of(answer), Np2Answer.of(payload(answer.toJson())));
    }
    assertEquals("r?le ?1?", half.rule());
  }

  @Test
  public void whatIsSaidOfSignaturesIsReadAsItWasWrittenAndSilenceIsRsa() throws Exception {
    JsonObject plain = offer(Optional.empty()).toJson();
    assertEquals(Np2Signing.SILENT, Np2Signing.of(payload(plain)));
    assertEquals(plain, Np2Signing.SILENT.into(plain));
    Np2Signing says =
        new Np2Signing(
            List.of("rsa2048", "mldsa65"),
            Optional.of(new Np2Signing.Key("primary", Fingerprint.ofPublicKey(BYTES))),
            new Requirement(true, true));
    JsonObject more = says.into(plain);
    assertEquals(says, Np2Signing.of(payload(more)));
    assertTrue(Np2Offer.of(payload(more)).equals(Np2Offer.of(payload(plain))));
    for (String field : List.of("signer", "signingKey")) {
      JsonObject without = payload(more.toBuilder().remove(field).build());
      assertThrows(field, ProtocolViolation.class, () -> Np2Signing.of(without));
    }
    JsonObject odd = payload(more.toBuilder().put("require", "pq-everything").build());
    assertThrows(ProtocolViolation.class, () -> Np2Signing.of(odd));
  }

  @Test
  public void anotherVersionIsPassedOverAndADamagedOneIsNot() throws Exception {
    JsonObject json = offer(Optional.empty()).toJson();
    assertTrue(Np2Offer.of(JsonObject.builder().build()).isEmpty());
    assertTrue(Np2Offer.of(payload(json.toBuilder().put("versions", "2,3").build())).isEmpty());
    assertTrue(Np2Offer.of(payload(json.toBuilder().put("versions", "1,2").build())).isPresent());
    for (String field : json.fields().keySet()) {
      if (field.equals("deviceNonce") || field.equals("providers")) {
        continue;
      }
      JsonObject without = payload(json.toBuilder().remove(field).build());
      assertThrows(field, ProtocolViolation.class, () -> Np2Offer.of(without));
      JsonObject odd = payload(json.toBuilder().put(field, "\u0000").build());
      if (!field.equals("host") && !field.equals("versions")) {
        assertThrows(field, ProtocolViolation.class, () -> Np2Offer.of(odd));
      }
    }
  }

  @Test
  public void aTranscriptTellsWhereTheRequestEnds() throws Exception {
    byte[] one = KEYS.transcript("ab".getBytes(UTF_8), "c".getBytes(UTF_8));
    assertArrayEquals(one, KEYS.transcript("ab".getBytes(UTF_8), "c".getBytes(UTF_8)));
    assertFalse(Arrays.equals(one, KEYS.transcript("a".getBytes(UTF_8), "bc".getBytes(UTF_8))));
  }

  @Test
  public void aProofIsForOneSenderOneSecretAndOnePayload() throws Exception {
    Secret resume = Secret.owning(new byte[] {1, 2, 3});
    JsonObject bare = payload(offer(Optional.of(new Np2Offer.Resumption(SESSION, 1))).toJson());
    JsonObject proven = KEYS.prove(true, resume, bare);
    assertTrue(KEYS.proves(true, resume, proven));
    assertTrue(KEYS.proves(true, resume, JsonObject.parse("again", proven.toJson())));
    assertFalse(KEYS.proves(false, resume, proven));
    assertFalse(KEYS.proves(true, Secret.owning(new byte[] {1, 2, 4}), proven));
    assertFalse(KEYS.proves(true, resume, proven.toBuilder().put("other", 2).build()));
    assertFalse(KEYS.proves(true, resume, bare));
  }
}
