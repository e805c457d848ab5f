package org.noports.device;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.noports.api.AtSign;
import org.noports.api.Subscription;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Obligations;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.PolicyEvaluator;

/** An evaluator whose answer a test sets. */
final class Ruler implements PolicyEvaluator {
  volatile Function<AccessRequest, Decision> rule = request -> permit(Obligations.NONE, null);
  final List<AccessRequest> asked = new CopyOnWriteArrayList<>();
  final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  static Decision permit(Obligations duties, Instant until) {
    return new Decision.Permit(
        "ruler", List.of(PermitOpen.ANY), duties, "r1", Optional.ofNullable(until));
  }

  void rules(Function<AccessRequest, Decision> next) {
    rule = next;
    listeners.forEach(Runnable::run);
  }

  @Override
  public CompletionStage<Decision> decide(AccessRequest request) {
    asked.add(request);
    return CompletableFuture.completedFuture(rule.apply(request));
  }

  @Override
  public Subscription onChange(Runnable changed) {
    listeners.add(changed);
    return () -> listeners.remove(changed);
  }

  @Override
  public boolean knows(AtSign client) {
    return client.equals(AtSign.of("@alice"));
  }
}
