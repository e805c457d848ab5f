package com.example.policy;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PolicyEvaluator;
import org.osgi.service.component.annotations.Component;

/** Nobody reaches a database through this device, whoever else permits it. */
@Component(property = PolicyEvaluator.NAME + "=" + NoDatabases.RULE)
public final class NoDatabases implements PolicyEvaluator {
  static final String RULE = "no-databases";
  private static final Set<Integer> PORTS = Set.of(1433, 1521, 3306, 5432, 6379, 27017);

  @Override
  public CompletionStage<Decision> decide(AccessRequest request) {
    return CompletableFuture.completedFuture(
        isDatabase(request)
            ? new Decision.Deny(RULE, request.target().get() + " is a database")
            : new Decision.Abstain(RULE, "no database, so others decide"));
  }

  private static boolean isDatabase(AccessRequest request) {
    return request.target().filter(to -> PORTS.contains(to.wirePort())).isPresent();
  }
}
