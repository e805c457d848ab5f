package org.noports.api.policy.fence;

import static java.util.Objects.requireNonNull;

import org.noports.api.policy.PolicyEvaluator;

/**
 * Somebody who is asked.
 *
 * @param name its {@link PolicyEvaluator#NAME}, by which logs and configurations speak of it
 * @param evaluator whom to ask: ours itself, a third party's behind its fence
 */
public record Asked(String name, PolicyEvaluator evaluator) {
  public Asked {
    requireNonNull(name, "name is null");
    requireNonNull(evaluator, "evaluator is null");
  }
}
