package org.noports.policy.rules.engine;

import static org.noports.policy.rules.book.BookTest.Answer.DENY;
import static org.noports.policy.rules.book.BookTest.Answer.LATER;
import static org.noports.policy.rules.book.BookTest.Answer.PERMIT;

import java.util.List;
import java.util.Optional;
import org.noports.api.policy.Obligations;
import org.noports.policy.rules.book.Effect;
import org.noports.policy.rules.book.RuleBook;
import org.noports.policy.rules.condition.Truth;
import org.noports.policy.rules.question.Question;

/**
 * Decides by one book; the only code that does. Deny by default, a forbid wins, what is not known
 * never helps, and the order of rules says nothing (decision 0021). May be asked by several
 * threads.
 */
public final class Evaluator {
  private final RuleBook book;
  private final RuleIndex index;

  public Evaluator(RuleBook book) {
    this.book = book;
    this.index = new RuleIndex(book);
  }

  /** The book it decides by. */
  public RuleBook book() {
    return book;
  }

  /** Decides. */
  public Ruling decide(Question question) {
    return rule(question, judge(question, JudgeRule.Conditions.COMPUTED));
  }

  /** Decides in the same way, and tells how. */
  public Explanation explain(Question question) {
    List<Judgement> judged = judge(question, JudgeRule.Conditions.TOLD);
    return new Explanation(
        rule(question, judged), judged, book.rules().size() - judged.size(), book.revision());
  }

  /** What may be decided, whatever conditions are; {@code LATER} if they matter. */
  Ruling bounds(Question question) {
    return rule(question, open(question));
  }

  /** The rules that may take effect, whatever conditions are. */
  List<Judgement> open(Question question) {
    return judge(question, JudgeRule.Conditions.OPEN).stream()
        .filter(judgement -> judgement.takesEffect() || judgement.isPending())
        .toList();
  }

  private List<Judgement> judge(Question question, JudgeRule.Conditions conditions) {
    JudgeRule judging = new JudgeRule(book.groups(), question, conditions);
    return index.find(question).stream().mapToObj(book.rules()::get).map(judging::judge).toList();
  }

  private static Ruling rule(Question question, List<Judgement> judged) {
    Optional<Judgement> forbid = first(judged, Effect.FORBID, false);
    if (forbid.isPresent()) {
      return no(forbid.get().rule().name(), forbidden(question, forbid.get()));
    }
    Optional<Judgement> permit = first(judged, Effect.PERMIT, false);
    Optional<Judgement> hope = permit.or(() -> first(judged, Effect.PERMIT, true));
    if (hope.isEmpty()) {
      return no(Ruling.DEFAULT_DENY, "nothing permits " + words(question));
    }
    Optional<Judgement> pending = judged.stream().filter(Judgement::isPending).findFirst();
    if (pending.isPresent()) {
      String name = pending.get().rule().name();
      return new Ruling(
          LATER, name, name + " needs what is told when the links stand", Obligations.NONE);
    }
    Obligations all =
        judged.stream()
            .filter(Judgement::takesEffect)
            .map(judgement -> judgement.rule().obligations())
            .reduce(Obligations.NONE, Obligations::and);
    String name = hope.get().rule().name();
    return new Ruling(PERMIT, name, name + " permits " + words(question), all);
  }

  private static Optional<Judgement> first(List<Judgement> judged, Effect effect, boolean pending) {
    return judged.stream()
        .filter(judgement -> judgement.is(effect))
        .filter(judgement -> pending ? judgement.isPending() : judgement.takesEffect())
        .findFirst();
  }

  private static Ruling no(String rule, String reason) {
    return new Ruling(DENY, rule, reason, Obligations.NONE);
  }

  private static String forbidden(Question question, Judgement forbid) {
    return forbid.rule().name()
        + " forbids "
        + words(question)
        + (forbid.truth() == Truth.UNKNOWN ? "; its " + forbid.because() + " cannot be told" : "");
  }

  private static String words(Question question) {
    return question.client() + " on " + question.device().address();
  }
}
