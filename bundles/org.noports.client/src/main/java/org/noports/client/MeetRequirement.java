package org.noports.client;

import java.util.List;
import java.util.Optional;
import org.noports.api.RequirementUnmet;
import org.noports.api.policy.Requirement;
import org.noports.api.session.Receipt;
import org.noports.api.tunnel.Suite;
import org.noports.protocol.np2.Np2Answer;
import org.noports.protocol.np2.Np2Offer;
import org.noports.protocol.np2.Np2Signing;

/**
 * Whether a session is what this client requires against quantum computers (docs/protocol/np2.md
 * 11). A device of ours has refused before; one of another program cannot know.
 */
final class MeetRequirement {
  private MeetRequirement() {}

  /** Which ends signed by ML-DSA-65 as well, and had the other verify it. */
  static Receipt.Signers signers(Answered answered) {
    return new Receipt.Signers(
        answered.says().verifies().contains(Np2Signing.ML_DSA)
            ? answered
                .offered()
                .flatMap(offered -> offered.signing().key())
                .map(Np2Signing.Key::fingerprint)
            : Optional.empty(),
        answered.signs().map(Np2Signing.Key::fingerprint));
  }

  /** The device is not even asked. */
  static RequirementUnmet nothingToOffer(Attempt attempt, List<Suite> here) {
    return new RequirementUnmet(
        "pq-secrecy is required (require in etc/org.noports.client.cfg), and this client has only "
            + here
            + ": install noports-cipher-pq; "
            + attempt.request().device()
            + " was not asked what it has");
  }

  static void check(Attempt attempt, Answered answered, Optional<Np2Answer> mark)
      throws RequirementUnmet {
    Requirement required = attempt.settings().require();
    Optional<Suite> suite = mark.flatMap(Np2Answer::chosen).map(Np2Answer.Chosen::suite);
    Receipt.Signers signers = signers(answered);
    Requirement unmet =
        required.unmet(
            suite.filter(it -> required.permits(it.level())).isPresent(),
            signers.client().isPresent() && signers.device().isPresent());
    if (!unmet.equals(Requirement.NONE)) {
      throw new RequirementUnmet(
          unmet.words()
              + " is required (require in etc/org.noports.client.cfg); this client "
              + answered.offered().map(Offered::signing).orElse(Np2Signing.SILENT).description()
              + ", with suites "
              + answered.offered().map(Offered::offer).map(Np2Offer::suites).orElse(List.of())
              + "; "
              + attempt.request().device()
              + " "
              + answered.says().description()
              + ", with suites "
              + mark.map(Np2Answer::suites).orElse(List.of()));
    }
  }
}
