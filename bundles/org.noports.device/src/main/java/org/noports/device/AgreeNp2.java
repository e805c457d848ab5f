package org.noports.device;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.noports.api.CipherUnavailable;
import org.noports.api.NoPortsException;
import org.noports.api.ProtocolViolation;
import org.noports.api.StoreFailed;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.session.Receipt;
import org.noports.api.ssh.SshAtDevice;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.np2.CommonSuites;
import org.noports.protocol.np2.HandshakeKeys;
import org.noports.protocol.np2.Np2Answer;
import org.noports.protocol.np2.Np2HostKeys;
import org.noports.protocol.np2.Np2Offer;
import org.noports.protocol.np2.Np2Signing;
import org.noports.protocol.np2.PresentSuites;
import org.noports.protocol.session.SessionResponse;
import org.noports.protocol.session.WrappedKeys;

/**
 * The device's half of NP2 (docs/protocol/np2.md 4): chooses from what both have now, or marks an
 * answer of a lower level, so that a client finds out if its offer was taken away.
 */
final class AgreeNp2 {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Neighbours neighbours;
  private final OurSignatures signatures;

  AgreeNp2(Neighbours neighbours, OurSignatures signatures) {
    this.neighbours = neighbours;
    this.signatures = signatures;
  }

  /**
   * A session's secrets and the answer that lets the client have them too.
   *
   * @param keys belong to the caller
   * @param payload to be signed and sent as it is
   * @param half what the answer says
   * @param step the same for the receipt
   * @param signers which ends signed by ML-DSA-65 as well
   */
  record Agreed(
      Np2Keys keys,
      JsonObject payload,
      Np2Answer.Chosen half,
      Receipt.Agreed step,
      Receipt.Signers signers) {}

  /**
   * Empty if the client offered nothing that is present here, or NP2 is switched off.
   *
   * @param resumed proves that we have the session that is to go on
   */
  Optional<Agreed> agree(Permitted permitted, Optional<Resumable> resumed) throws NoPortsException {
    Asked asked = permitted.asked();
    Optional<Np2Offer> offer = asked.offer();
    PresentSuites here = PresentSuites.of(neighbours.ciphers());
    List<Suite> common =
        offer.map(it -> permitted(permitted, here.common(it.suites()))).orElse(List.of());
    if (!asked.device().np2() || common.isEmpty()) {
      return Optional.empty();
    }
    CipherCatalogue ciphers = neighbours.ciphers();
    SuiteAlgorithms algorithms = SuiteAlgorithms.of(ciphers, common.get(0));
    try (Encapsulation made =
        algorithms.agreement().encapsulate(share(offer.get(), common.get(0)))) {
      Np2Answer.Chosen half =
          new Np2Answer.Chosen(
              common.get(0),
              base64(made.bytes()),
              nonce(),
              permitted.permit().rule(),
              here.providers());
      Np2Signing says = signatures.says(permitted);
      JsonObject answer = says.into(answer(permitted, here, Optional.of(half)).toJson());
      JsonObject bare = yes(asked, hostKeys(asked, answer));
      JsonObject payload =
          resumed.isPresent()
              ? resumed.get().prove(ciphers.keyDerivation(KeyDerivation.SHA_256), bare)
              : bare;
      byte[] transcript =
          new HandshakeKeys(algorithms.derivation())
              .transcript(asked.envelope().signedBytes(), bytes(payload));
      CommonSuites suites = CommonSuites.of(neighbours::presentCiphers, common);
      return Optional.of(
          new Agreed(
              HandshakeKeys.keys(false, algorithms, suites, transcript, made.secret()),
              payload,
              half,
              step(resumed.isPresent(), offer.get(), common.get(0), transcript),
              signers(permitted, says)));
    }
  }

  /** How a session is protected that is agreed on now, if the policy requires nothing better. */
  Level expected(Asked asked) {
    Level compatible = asked.request().twinKeys() ? Level.L1 : Level.L0;
    try {
      PresentSuites here = PresentSuites.of(neighbours.ciphers());
      return asked
          .offer()
          .filter(offer -> asked.device().np2())
          .flatMap(offer -> here.common(offer.suites()).stream().findFirst())
          .map(Suite::level)
          .orElse(compatible);
    } catch (CipherUnavailable e) {
      return compatible;
    }
  }

  private static List<Suite> permitted(Permitted request, List<Suite> suites) {
    return suites.stream().filter(it -> request.required().permits(it.level())).toList();
  }

  private static Receipt.Agreed step(
      boolean resumed, Np2Offer offer, Suite suite, byte[] transcript) {
    return new Receipt.Agreed(
        resumed ? "resumed" : "opened", offer.relay(), suite, HexFormat.of().formatHex(transcript));
  }

  private static Receipt.Signers signers(Permitted permitted, Np2Signing says) {
    return new Receipt.Signers(
        permitted.clientSigns().map(Np2Signing.Key::fingerprint),
        says.key().map(Np2Signing.Key::fingerprint));
  }

  /** Without keys of the levels below. */
  private static JsonObject yes(Asked asked, JsonObject answer) {
    return new SessionResponse.Connected(asked.request().sessionId(), new WrappedKeys.Absent())
        .toJson().toBuilder().put(Np2Offer.FIELD, answer).build();
  }

  /** The answer of a lower level with our mark, if we could do better with another client. */
  JsonObject marked(Permitted permitted, JsonObject payload) throws NoPortsException {
    Asked asked = permitted.asked();
    PresentSuites here = PresentSuites.of(neighbours.ciphers());
    if (!asked.device().np2() || here.suites().isEmpty()) {
      return payload;
    }
    return payload.toBuilder()
        .put(
            Np2Offer.FIELD,
            hostKeys(
                asked,
                signatures
                    .says(permitted)
                    .into(answer(permitted, here, Optional.empty()).toJson())))
        .build();
  }

  /** With what the SSH server at the target shows, for who has shown to understand it. */
  private JsonObject hostKeys(Asked asked, JsonObject answer) throws StoreFailed {
    Optional<SshAtDevice> ssh = asked.offer().flatMap(offer -> neighbours.ssh());
    return ssh.isPresent() ? Np2HostKeys.into(answer, ssh.get().hostKeys(asked.target())) : answer;
  }

  private Np2Answer answer(Permitted permitted, PresentSuites here, Optional<Np2Answer.Chosen> half)
      throws CipherUnavailable {
    byte[] hash =
        neighbours
            .ciphers()
            .keyDerivation(KeyDerivation.SHA_256)
            .hash(permitted.asked().envelope().signedBytes());
    return new Np2Answer(permitted(permitted, here.suites()), base64(hash), half);
  }

  private static byte[] share(Np2Offer offer, Suite suite) throws ProtocolViolation {
    String share = offer.keys().get(suite.keyAgreement());
    if (share == null) {
      throw new ProtocolViolation("np2: there is no key for " + suite);
    }
    return Base64.getDecoder().decode(share);
  }

  private static byte[] bytes(JsonObject payload) {
    return payload.toJson().getBytes(StandardCharsets.UTF_8);
  }

  private static String nonce() {
    byte[] bytes = new byte[Np2Offer.NONCE_LENGTH];
    RANDOM.nextBytes(bytes);
    return base64(bytes);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
