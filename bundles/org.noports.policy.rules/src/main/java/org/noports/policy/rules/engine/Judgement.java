package org.noports.policy.rules.engine;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.noports.policy.rules.book.Effect;
import org.noports.policy.rules.book.Rule;
import org.noports.policy.rules.condition.Step;
import org.noports.policy.rules.condition.Truth;

/**
 * What one rule was for a question.
 *
 * @param rule which
 * @param truth whether it matches
 * @param because the first part of it that did not hold: {@code who}, {@code devices}, {@code
 *     kinds}, {@code places}, {@code levels} or {@code when}; empty if all did
 * @param steps each part of its condition, if that was asked for
 */
public record Judgement(Rule rule, Truth truth, String because, List<Step> steps) {
  public Judgement {
    requireNonNull(rule, "rule is null");
    requireNonNull(truth, "truth is null");
    requireNonNull(because, "because is null");
    steps = List.copyOf(steps);
  }

  /** Whether the rule takes effect: what is not known never permits, and always forbids. */
  public boolean takesEffect() {
    return truth == Truth.TRUE || truth == Truth.UNKNOWN && rule.effect() == Effect.FORBID;
  }

  /** Whether it may take effect when the links stand. */
  public boolean isPending() {
    return truth == Truth.PENDING;
  }

  boolean is(Effect effect) {
    return rule.effect() == effect;
  }
}
