package org.noports.benchmarks.ciphers;

import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.DeviceName;
import org.noports.api.Secret;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyShare;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.api.tunnel.Suites;
import org.noports.cipher.modern.Aes256Gcm;
import org.noports.cipher.modern.HkdfSha256;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.np2.HandshakeKeys;
import org.noports.protocol.np2.Np2Answer;
import org.noports.protocol.np2.Np2Offer;
import org.noports.protocol.session.NptRequest;
import org.noports.protocol.session.SessionResponse;
import org.noports.protocol.session.SignedEnvelope;
import org.noports.protocol.session.WrappedKeys;

/** A handshake of docs/protocol/np2.md 3 to 5, from the client's fresh shares to both roots. */
final class Np2Handshake implements ProcessorTime.Work {
  private static final String NONCE = base64(new byte[Np2Offer.NONCE_LENGTH]);

  private final HkdfSha256 derivation = new HkdfSha256();
  private final Party client;
  private final Party device;
  private final Map<Suite, KeyAgreement> agreements;

  /**
   * Between two ends.
   *
   * @param agreements what both have, best first: a share is made for each
   */
  Np2Handshake(Party client, Party device, Map<Suite, KeyAgreement> agreements) {
    this.client = client;
    this.device = device;
    this.agreements = new LinkedHashMap<>(agreements);
  }

  @Override
  public void once() throws Exception {
    Map<String, KeyShare> shares = new LinkedHashMap<>();
    for (Map.Entry<Suite, KeyAgreement> each : agreements.entrySet()) {
      shares.put(each.getKey().keyAgreement(), each.getValue().generate());
    }
    SignedEnvelope asked = client.signTwice(request(shares));
    Answered answered = answer(asked.toText());
    try (Np2Keys theirs = answered.keys();
        Np2Keys ours = agreed(shares, asked, answered.text())) {
      if (!Arrays.equals(theirs.root().exposeSecretBytes(), ours.root().exposeSecretBytes())) {
        throw new IllegalStateException("the ends have not agreed");
      }
    } finally {
      shares.values().forEach(KeyShare::close);
    }
  }

  private JsonObject request(Map<String, KeyShare> shares) {
    NptRequest request = Requests.npt("", "");
    Map<String, String> keys = new LinkedHashMap<>();
    shares.forEach((name, share) -> keys.put(name, base64(share.publicKey())));
    Np2Offer offer =
        new Np2Offer(
            AtSign.of("@alice"),
            AtSign.of("@device"),
            DeviceName.of("dev1"),
            Np2Offer.Kind.NPT,
            request.requestedHost(),
            request.requestedPort(),
            AtSign.of("@relay"),
            request.sessionId(),
            NONCE,
            Optional.of(NONCE),
            List.copyOf(agreements.keySet()),
            keys,
            "org.noports.cipher.modern 0.1.0, org.noports.cipher.pq 0.1.0",
            Optional.empty());
    return request.toJson().toBuilder().put(Np2Offer.FIELD, offer.toJson()).build();
  }

  private record Answered(String text, Np2Keys keys) {}

  private Answered answer(String text) throws Exception {
    SignedEnvelope asked = device.heardTwice(client, text);
    NptRequest request = NptRequest.parse(asked.payload());
    Np2Offer offer = Np2Offer.of(asked.payload()).orElseThrow();
    Suite suite = offer.suites().get(0);
    byte[] share = Base64.getDecoder().decode(offer.keys().get(suite.keyAgreement()));
    try (Encapsulation made = agreements.get(suite).encapsulate(share)) {
      Np2Answer answer =
          new Np2Answer(
              List.copyOf(agreements.keySet()),
              base64(derivation.hash(asked.signedBytes())),
              Optional.of(
                  new Np2Answer.Chosen(
                      suite, base64(made.bytes()), NONCE, "managers", offer.providers())));
      JsonObject bare =
          new SessionResponse.Connected(request.sessionId(), new WrappedKeys.Absent()).toJson();
      SignedEnvelope said =
          device.signTwice(bare.toBuilder().put(Np2Offer.FIELD, answer.toJson()).build());
      return new Answered(said.toText(), keys(false, suite, asked, said, made.secret()));
    }
  }

  private Np2Keys agreed(Map<String, KeyShare> shares, SignedEnvelope asked, String text)
      throws Exception {
    SignedEnvelope said = client.heardTwice(device, text);
    SessionResponse.Connected.parse(said.payload());
    Np2Answer.Chosen chosen = Np2Answer.of(said.payload()).orElseThrow().chosen().orElseThrow();
    byte[] made = Base64.getDecoder().decode(chosen.encapsulated());
    try (Secret shared = shares.get(chosen.suite().keyAgreement()).open(made)) {
      return keys(true, chosen.suite(), asked, said, shared);
    }
  }

  private Np2Keys keys(
      boolean ours, Suite suite, SignedEnvelope asked, SignedEnvelope said, Secret shared)
      throws Exception {
    byte[] transcript =
        new HandshakeKeys(derivation).transcript(asked.signedBytes(), said.signedBytes());
    SuiteAlgorithms algorithms =
        new SuiteAlgorithms(suite, agreements.get(suite), derivation, new Aes256Gcm());
    return HandshakeKeys.keys(ours, algorithms, new NoOther(), transcript, shared);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** No other suite. */
  private static final class NoOther implements Suites {
    @Override
    public List<Suite> usable() {
      return List.of();
    }

    @Override
    public Optional<SuiteAlgorithms> algorithms(Suite suite) {
      return Optional.empty();
    }
  }
}
