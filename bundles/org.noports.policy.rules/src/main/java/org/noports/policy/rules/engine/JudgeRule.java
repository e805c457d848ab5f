package org.noports.policy.rules.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.noports.api.policy.RequestKind;
import org.noports.policy.rules.book.Effect;
import org.noports.policy.rules.book.Groups;
import org.noports.policy.rules.book.Place;
import org.noports.policy.rules.book.Rule;
import org.noports.policy.rules.condition.Step;
import org.noports.policy.rules.condition.Truth;
import org.noports.policy.rules.question.Question;

/** Judges one rule for one question: its parts in turn, until one is false. */
final class JudgeRule {
  /** How conditions are looked at. */
  enum Conditions {
    /** Computed. */
    COMPUTED,
    /** Computed, and each part told. */
    TOLD,
    /** Not looked at: any may hold or not. */
    OPEN
  }

  private final Groups groups;
  private final Question question;
  private final Conditions conditions;

  JudgeRule(Groups groups, Question question, Conditions conditions) {
    this.groups = groups;
    this.question = question;
    this.conditions = conditions;
  }

  Judgement judge(Rule rule) {
    if (rule.who().stream().noneMatch(who -> groups.has(who, question.client()))) {
      return no(rule, "who");
    }
    if (rule.devices().stream().noneMatch(devices -> devices.has(question.device()))) {
      return no(rule, "devices");
    }
    if (!rule.kinds().contains(question.kind())) {
      return no(rule, "kinds");
    }
    Truth place = Truth.TRUE;
    Truth protection = Truth.TRUE;
    if (question.kind() != RequestKind.PING) {
      place = place(rule);
      protection = levels(rule).and(postQuantum(rule));
    } else if (rule.effect() == Effect.FORBID && rule.namesPlaceOrProtection()) {
      return no(rule, rule.places().isEmpty() ? "levels" : "places");
    }
    if (place == Truth.FALSE || protection == Truth.FALSE) {
      return no(rule, place == Truth.FALSE ? "places" : "levels");
    }
    return condition(rule, place, protection);
  }

  private Judgement condition(Rule rule, Truth place, Truth protection) {
    List<Step> steps = new ArrayList<>(0);
    Truth when = when(rule, steps::add);
    Truth all = place.and(protection).and(when);
    String because = when != Truth.TRUE ? "when" : protection != Truth.TRUE ? "levels" : "places";
    return new Judgement(rule, all, all == Truth.TRUE ? "" : because, steps);
  }

  private static Judgement no(Rule rule, String because) {
    return new Judgement(rule, Truth.FALSE, because, List.of());
  }

  /** Of several places one is enough; a request that names none is nowhere that is known. */
  private Truth place(Rule rule) {
    if (rule.places().isEmpty()) {
      return Truth.TRUE;
    }
    if (question.endpoint().isEmpty()) {
      return Truth.UNKNOWN;
    }
    Truth best = Truth.FALSE;
    for (Place place : rule.places()) {
      Truth truth = place.has(question.endpoint().get());
      if (truth == Truth.TRUE) {
        return truth;
      }
      best = truth == Truth.UNKNOWN ? truth : best;
    }
    return best;
  }

  private Truth levels(Rule rule) {
    return rule.levels().isEmpty()
        ? Truth.TRUE
        : question
            .level()
            .map(level -> Truth.of(rule.levels().contains(level)))
            .orElse(Truth.UNKNOWN);
  }

  private Truth postQuantum(Rule rule) {
    return rule.postQuantum().isEmpty()
        ? Truth.TRUE
        : question
            .postQuantum()
            .map(is -> Truth.of(is.equals(rule.postQuantum().get())))
            .orElse(Truth.UNKNOWN);
  }

  private Truth when(Rule rule, Consumer<Step> steps) {
    if (rule.when().isEmpty()) {
      return Truth.TRUE;
    }
    return switch (conditions) {
      case COMPUTED -> rule.when().get().holds(question, rule.zone());
      case TOLD -> rule.when().get().explain(question, rule.zone(), steps);
      case OPEN -> Truth.PENDING;
    };
  }
}
