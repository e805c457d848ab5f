package org.noports.atserver.host.verb;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.atserver.host.enrollment.Access;
import org.noports.atserver.host.enrollment.Enrollment;
import org.noports.atserver.host.enrollment.EnrollmentRefusal;
import org.noports.atserver.host.enrollment.EnrollmentState;
import org.noports.atserver.host.enrollment.Enrollments;
import org.noports.atserver.host.record.KeyNames;
import org.noports.protocol.verb.Pkam;
import org.noports.protocol.verb.Response;

/**
 * {@code pkam}: an atSign's owner shows who they are by a signature, of the atSign's first keys or
 * of an enrollment's (atprotocol.md 3.3).
 */
final class PkamVerb implements VerbHandler<Pkam> {
  private static final String FAILED = "pkam authentication failed";

  @Override
  public CompletionStage<Response> handle(Pkam pkam, Dialogue dialogue) {
    return pkam.enrollmentId().isPresent()
        ? enrolled(pkam.enrollmentId().get(), pkam, dialogue)
        : first(pkam, dialogue);
  }

  private static CompletionStage<Response> first(Pkam pkam, Dialogue dialogue) {
    Optional<String> challenge = CramVerb.ownChallenge(dialogue);
    ApkamSignature signature = ApkamSignature.of(pkam, Optional.empty());
    return dialogue
        .tenant()
        .records()
        .get(KeyNames.PKAM_PUBLIC_KEY)
        .thenCompose(key -> signature.verify(key.map(k -> k.value()), challenge, dialogue.tenant()))
        .thenApply(
            good -> {
              require(good, dialogue);
              dialogue.become(new Standing.Owner(Standing.Owner.PKAM, Access.FULL));
              return CramVerb.shown(dialogue, Standing.Owner.PKAM);
            });
  }

  /** The state counts before the signature: clients that wait ask again and again. */
  private static CompletionStage<Response> enrolled(String id, Pkam pkam, Dialogue dialogue) {
    Optional<String> challenge = CramVerb.ownChallenge(dialogue);
    return new Enrollments(dialogue.self(), dialogue.tenant().records())
        .find(id)
        .thenCompose(
            found -> {
              Enrollment enrollment = found.orElseThrow(() -> EnrollmentRefusal.unknown(id));
              if (enrollment.state() != EnrollmentState.APPROVED) {
                throw EnrollmentRefusal.notApproved(id, enrollment.state());
              }
              return ApkamSignature.of(pkam, enrollment.text("signingAlgo"))
                  .verify(Optional.of(enrollment.apkamPublicKey()), challenge, dialogue.tenant())
                  .thenApply(
                      good -> {
                        require(good, dialogue);
                        dialogue.become(enrollment);
                        return CramVerb.shown(dialogue, Standing.Owner.PKAM);
                      });
            });
  }

  private static void require(boolean good, Dialogue dialogue) {
    if (!good) {
      throw CramVerb.failed(dialogue, Standing.Owner.PKAM, FAILED);
    }
  }
}
