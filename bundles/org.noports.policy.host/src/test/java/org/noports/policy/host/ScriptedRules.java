package org.noports.policy.host;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.Target;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Obligations;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.policy.Requirement;

/** The rules that the transcripts speak of, each client one. */
final class ScriptedRules implements PolicyEvaluator {
  private static final List<PermitOpen> SSH = PermitOpen.listOf("localhost:22");

  @Override
  public CompletionStage<Decision> decide(AccessRequest request) {
    return CompletableFuture.completedFuture(
        switch (request.client().name()) {
          case "@client" ->
              permit("clients", PermitOpen.listOf("localhost:22,*:3389,udp:dns:53,service:ssh"));
          case "@alice" -> permit("alice-may", SSH);
          case "@forbidden" -> new Decision.Deny("never", "it is forbidden", "r1");
          case "@obliged" ->
              new Decision.Permit(
                  "obliged",
                  SSH,
                  new Obligations(
                      Requirement.of("pq-secrecy"),
                      Optional.of(Duration.ofHours(1)),
                      true,
                      Set.of("wear-a-hat")),
                  "r1",
                  Optional.of(Instant.ofEpochMilli(1763679600000L)));
          case "@watched" ->
              request.circumstances().observed().pending()
                  ? new Decision.Later("watched", "it depends", "r1")
                  : permit("watched", SSH);
          case "@booked" -> booked(request);
          case "@bug" -> throw new IllegalStateException("a bug");
          default -> new Decision.Abstain("default-deny", "nothing permits it", "r1");
        });
  }

  /** As a book does: what was asked for and nothing beside it. */
  private static Decision booked(AccessRequest request) {
    String place = request.target().map(Target::toString).orElse("");
    return place.equals("localhost:99")
        ? new Decision.Deny("never", "it is forbidden", "r1")
        : permit("booked", PermitOpen.listOf(place));
  }

  private static Decision permit(String rule, List<PermitOpen> places) {
    return new Decision.Permit(rule, places, Obligations.NONE, "r1", Optional.empty());
  }
}
