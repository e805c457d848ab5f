package org.noports.client;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.noports.api.CipherUnavailable;
import org.noports.api.DowngradeDetected;
import org.noports.api.NoPortsException;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.KeyShare;
import org.noports.api.session.Receipt;
import org.noports.api.session.TunnelRequest;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.protocol.np2.CommonSuites;
import org.noports.protocol.np2.HandshakeKeys;
import org.noports.protocol.np2.Np2Answer;
import org.noports.protocol.np2.Np2Offer;

/**
 * What the device's signed answer means for a client that offered NP2, and whether somebody between
 * the two took something away (docs/protocol/np2.md 4); a step of OpenTunnel.
 */
final class JudgeAnswer {
  private final Neighbours neighbours;

  JudgeAnswer(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  /**
   * An NP2 session that both have agreed on.
   *
   * @param keys belong to the caller
   */
  record Judged(Np2Keys keys, Np2Offer offer, Np2Answer.Chosen chosen, Receipt.Signers signers) {
    /** This handshake in a receipt. */
    Receipt.Agreed step(Agreement agreement, String event) {
      return new Receipt.Agreed(
          event,
          agreement.ticket().relay(),
          chosen.suite(),
          HexFormat.of().formatHex(keys.transcript()));
    }

    /** The receipt of a session that begins with it. */
    Receipt receipt(Attempt attempt, Agreement agreement) {
      TunnelRequest request = attempt.request();
      return new Receipt(
          attempt.id(),
          request.from(),
          agreement.self().identity().fingerprint(),
          request.device(),
          agreement.met().fingerprint(),
          request.target(),
          chosen.rule(),
          offer.providers(),
          chosen.providers(),
          List.of(step(agreement, "opened")),
          signers);
    }
  }

  /**
   * The secrets that were agreed on; empty if the session is rightly one of the levels below.
   *
   * @throws DowngradeDetected if it is one of those without need
   */
  Optional<Judged> judge(Attempt attempt, Agreement agreement, Answered answered)
      throws NoPortsException {
    Optional<Np2Answer> mark = Np2Answer.of(answered.envelope().payload());
    if (mark.isPresent()) {
      asAsked(attempt, answered, mark.get());
    }
    MeetRequirement.check(attempt, answered, mark);
    if (mark.isEmpty()) {
      return unmarked(attempt, agreement);
    }
    List<Suite> ours =
        answered.offered().map(Offered::offer).map(Np2Offer::suites).orElse(List.of());
    List<Suite> common = ours.stream().filter(mark.get().suites()::contains).toList();
    if (mark.get().chosen().isEmpty()) {
      if (!common.isEmpty()) {
        throw downgrade(attempt, "both ends can do " + common.get(0) + ", and it agreed on less");
      }
      floor(
          attempt,
          agreement,
          Level.L1,
          "of what it can do nothing is present here: " + mark.get().suites());
      return Optional.empty();
    }
    Np2Answer.Chosen chosen = mark.get().chosen().get();
    if (common.isEmpty() || !common.get(0).equals(chosen.suite())) {
      throw downgrade(attempt, "it chose " + chosen.suite() + ", not the first of " + common);
    }
    floor(attempt, agreement, chosen.suite().level(), "now it can do " + mark.get().suites());
    return Optional.of(
        new Judged(
            agreed(answered, chosen, movable(agreement, answered, common)),
            answered.offered().orElseThrow().offer(),
            chosen,
            MeetRequirement.signers(answered)));
  }

  /** Every device that can do NP2 marks every answer that it signs. */
  private static Optional<Judged> unmarked(Attempt attempt, Agreement agreement)
      throws DowngradeDetected {
    if (agreement.device().np2Nonce().isPresent()) {
      throw downgrade(attempt, "its heartbeat says that it can do NP2, and its answer does not");
    }
    floor(attempt, agreement, Level.L1, "it says nothing of NP2");
    return Optional.empty();
  }

  /** Refuses less than what was agreed with it before. */
  private static void floor(Attempt attempt, Agreement agreement, Level now, String why)
      throws DowngradeDetected {
    if (agreement.met().lowest().compareTo(now) > 0) {
      throw downgrade(
          attempt,
          "it is known here as one of level "
              + agreement.met().lowest()
              + " or better, and "
              + why
              + "; if it was replaced by another program, noports:pins --forget "
              + attempt.request().device());
    }
  }

  private void asAsked(Attempt attempt, Answered answered, Np2Answer mark)
      throws DowngradeDetected, CipherUnavailable {
    byte[] ours =
        neighbours.ciphers().keyDerivation(KeyDerivation.SHA_256).hash(answered.request());
    if (!Base64.getEncoder().encodeToString(ours).equals(mark.requestHash())) {
      throw downgrade(attempt, "it was asked something else than this client asked");
    }
  }

  /** What the session may move to: no less than what it had to begin with. */
  private static List<Suite> movable(Agreement agreement, Answered answered, List<Suite> common) {
    return common.stream()
        .filter(suite -> answered.says().require().permits(suite.level()))
        .filter(suite -> suite.level().compareTo(agreement.met().lowest()) >= 0)
        .toList();
  }

  private Np2Keys agreed(Answered answered, Np2Answer.Chosen chosen, List<Suite> movable)
      throws NoPortsException {
    CipherCatalogue ciphers = neighbours.ciphers();
    SuiteAlgorithms algorithms = SuiteAlgorithms.of(ciphers, chosen.suite());
    KeyShare share =
        answered
            .offered()
            .flatMap(offered -> offered.share(chosen.suite().keyAgreement()))
            .orElseThrow(() -> new ProtocolViolation("np2: no share was offered for the suite"));
    byte[] transcript =
        new HandshakeKeys(algorithms.derivation())
            .transcript(answered.request(), answered.envelope().signedBytes());
    try (Secret shared = share.open(Base64.getDecoder().decode(chosen.encapsulated()))) {
      return HandshakeKeys.keys(
          true,
          algorithms,
          CommonSuites.of(neighbours::presentCiphers, movable),
          transcript,
          shared);
    }
  }

  private static DowngradeDetected downgrade(Attempt attempt, String why) {
    return new DowngradeDetected(
        "The session with "
            + attempt.request().device()
            + " was to be less protected than it could be: "
            + why
            + ". Somebody between the two may have changed what they said; nothing was opened, and"
            + " nothing is tried at a lower level");
  }
}
