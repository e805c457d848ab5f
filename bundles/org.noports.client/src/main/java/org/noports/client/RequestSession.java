package org.noports.client;

import static org.noports.client.Step.step;

import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.noports.api.AtServerUnavailable;
import org.noports.api.CipherUnavailable;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceOffline;
import org.noports.api.DowngradeDetected;
import org.noports.api.NoPortsException;
import org.noports.api.PeerUnverified;
import org.noports.api.RequirementUnmet;
import org.noports.api.SessionGone;
import org.noports.api.SessionRefused;
import org.noports.api.Target;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.cipher.EphemeralKey;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.np2.Np2Offer;
import org.noports.protocol.np2.Np2Refusals;
import org.noports.protocol.np2.Np2Signing;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.NptRequest;
import org.noports.protocol.session.PingResponse;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.protocol.session.SessionResponse;
import org.noports.protocol.session.SignedEnvelope;

/**
 * Asks the device for the session and believes its answer only if it is from the device, signed by
 * it, and about this session (docs/protocol/noports.md 2.6); a step of OpenTunnel.
 */
final class RequestSession {
  private final Neighbours neighbours;
  private final Executor work;
  private final OfferNp2 offer;
  private final VerifyBeside beside;

  RequestSession(Neighbours neighbours, Executor work) {
    this.neighbours = neighbours;
    this.work = work;
    this.offer = new OfferNp2(neighbours);
    this.beside = new VerifyBeside(neighbours);
  }

  /** The device's yes, verified. */
  CompletionStage<Answered> request(
      Attempt attempt,
      Agreement agreement,
      Optional<EphemeralKey> ephemeral,
      Optional<Resumable> resumed) {
    return CompletableFuture.completedStage(agreement)
        .thenComposeAsync(
            step(
                agreed -> {
                  Optional<Offered> offered =
                      offer.offer(attempt, agreed, resumed.map(Resumable::next));
                  return ask(
                      attempt,
                      agreed,
                      offered,
                      signed(attempt, agreed, ephemeral, offered, resumed));
                }),
            work)
        .thenCompose(answered -> answered);
  }

  private CompletionStage<Answered> ask(
      Attempt attempt, Agreement agreement, Optional<Offered> offered, SignedEnvelope signed)
      throws NoPortsException {
    DeviceAddress device = attempt.request().device();
    String response = MessageNames.response(attempt.id(), device.name());
    OutgoingNotification request =
        OutgoingNotification.ofSession(
                device.atSign(), MessageNames.nptRequest(device.name()), signed.toText())
            .strictIf(attempt.settings().require().secrecy());
    AwaitReply reply =
        new AwaitReply(
            agreement.self().post(),
            device.atSign(),
            Set.of(response),
            attempt.settings().responseTimeout(),
            () -> silent(attempt, agreement.device()));
    Optional<VerifyBeside.Early> early = beside.begin(attempt, agreement);
    return attempt
        .waiting(reply.to(request))
        .thenCompose(step(answer -> envelope(attempt, answer)))
        .thenCompose(
            step(
                envelope ->
                    beside
                        .record(attempt, agreement, early, Np2Signing.of(envelope.payload()))
                        .thenComposeAsync(
                            step(
                                record ->
                                    answered(
                                        attempt, agreement, offered, signed, envelope, record)),
                            work)))
        .thenCompose(answered -> answered);
  }

  private Answered answered(
      Attempt attempt,
      Agreement agreement,
      Optional<Offered> offered,
      SignedEnvelope signed,
      SignedEnvelope answer,
      Optional<String> record)
      throws NoPortsException {
    SessionResponse.Connected yes = connected(attempt, answer, agreement.met().publicKey());
    Np2Signing says = Np2Signing.of(answer.payload());
    boolean asked =
        offered.filter(it -> it.signing().verifies().contains(Np2Signing.ML_DSA)).isPresent();
    return new Answered(
        signed.signedBytes(),
        offered,
        answer,
        yes,
        says,
        beside.verified(attempt, agreement, asked, answer, says, record));
  }

  private SignedEnvelope signed(
      Attempt attempt,
      Agreement agreement,
      Optional<EphemeralKey> ephemeral,
      Optional<Offered> offered,
      Optional<Resumable> resumed)
      throws NoPortsException {
    NptRequest request = request(attempt, agreement, ephemeral);
    JsonObject.Builder bare = attempt.settings().claims().into(request.toJson()).toBuilder();
    offered.ifPresent(said -> bare.put(Np2Offer.FIELD, said.toJson()));
    JsonObject payload =
        resumed.isPresent()
            ? resumed
                .get()
                .prove(neighbours.ciphers().keyDerivation(KeyDerivation.SHA_256), bare.build())
            : bare.build();
    return Signatures.sign(
        SignedEnvelope.sign(payload, agreement.self().identity()::signAsEncryption),
        agreement,
        offered);
  }

  private static NptRequest request(
      Attempt attempt, Agreement agreement, Optional<EphemeralKey> ephemeral) {
    Target target = attempt.request().target();
    RelayTicket ticket = agreement.ticket();
    Optional<String> relayKey =
        agreement.theirs() == RelayAuthMode.ESCR
            ? Optional.of(Base64.getEncoder().encodeToString(ticket.key().exposeSecretBytes()))
            : Optional.empty();
    return new NptRequest(
        attempt.id(),
        ticket.reply().address(),
        ticket.reply().devicePort(),
        target.wirePort(),
        target.wireHost(),
        true,
        agreement.theirs(),
        relayKey,
        ticket.clientNonce(),
        ticket.reply().rvdNonce(),
        true,
        ephemeral.map(EphemeralKey::publicKey).orElse(""),
        ephemeral.isPresent() ? SignedEnvelope.RSA_2048 : "",
        attempt.request().grace(),
        true,
        Optional.of(ticket.relay()));
  }

  private static SignedEnvelope envelope(Attempt attempt, Notification answer)
      throws NoPortsException {
    SessionResponse response = SessionResponse.parse(answer.value());
    if (response instanceof SessionResponse.Signed signed) {
      return signed.envelope();
    }
    throw refused(attempt, ((SessionResponse.Refused) response).text());
  }

  /** What a device's no means. */
  static NoPortsException refused(Attempt attempt, String text) {
    String sentence = attempt.request().device() + " refuses: " + text;
    if (text.startsWith(Np2Refusals.DOWNGRADE)) {
      return new DowngradeDetected(sentence);
    }
    if (text.startsWith(Np2Refusals.GONE)) {
      return new SessionGone(sentence);
    }
    if (text.startsWith(Np2Refusals.AGAIN)) {
      // Not signed either: at worst a session tries until it has been without a link for too long.
      return new AtServerUnavailable(attempt.request().device() + " refuses for now: " + text);
    }
    return text.startsWith(Np2Refusals.UNMET)
        ? new RequirementUnmet(sentence)
        : new SessionRefused(sentence);
  }

  private SessionResponse.Connected connected(
      Attempt attempt, SignedEnvelope envelope, String publicKey) throws NoPortsException {
    DeviceAddress device = attempt.request().device();
    if (!genuine(envelope, publicKey)) {
      throw new PeerUnverified(
          "The answer of "
              + device
              + " is not signed by the key that "
              + device.atSign()
              + " publishes: do not use it before its owner has told you why; compare fingerprints"
              + " with noports:keys-show");
    }
    SessionResponse.Connected yes = SessionResponse.Connected.parse(envelope.payload());
    if (!yes.sessionId().equals(attempt.id())) {
      throw new PeerUnverified("The answer of " + device + " is about another session");
    }
    return yes;
  }

  private boolean genuine(SignedEnvelope envelope, String publicKey) throws CipherUnavailable {
    return neighbours
        .ciphers()
        .signature(SignatureAlgorithm.RSA_2048_SHA_256)
        .verifies(publicKey, envelope.signedBytes(), envelope.signatureBytes());
  }

  /** Devices written in C say nothing when they do not permit. */
  private static DeviceOffline silent(Attempt attempt, PingResponse device) {
    return new DeviceOffline(
        attempt.request().device()
            + " answered a ping, and then not the request for a session within "
            + attempt.settings().responseTimeout().toSeconds()
            + " s: look into its log for session "
            + attempt.id()
            + ". It says that it permits "
            + device.allowedServices()
            + ", and some devices are silent about what they do not permit");
  }
}
