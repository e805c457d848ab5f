package org.noports.policy.rules.engine;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.noports.api.policy.Obligations;
import org.noports.policy.rules.book.BookTest;
import org.noports.policy.rules.book.Effect;
import org.noports.policy.rules.book.Groups;
import org.noports.policy.rules.book.Rule;
import org.noports.policy.rules.book.Who;
import org.noports.policy.rules.condition.Condition;
import org.noports.policy.rules.condition.Truth;
import org.noports.policy.rules.question.Question;

/**
 * Tells which accesses change from one book to another. Asks both for a sample of each kind of
 * question that a changed rule is about; conditions are taken as open, so that what depends on one
 * is told as such.
 */
public final class CompareBooks {
  /** More are not asked; the comparison then says that it is not complete. */
  private static final int MOST_ASKED = 500_000;

  private final Evaluator before;
  private final Evaluator after;

  public CompareBooks(Evaluator before, Evaluator after) {
    this.before = before;
    this.after = after;
  }

  /**
   * What changes for one kind of question.
   *
   * @param question a sample of its kind
   * @param before the old answer; {@code LATER} if a condition decides
   * @param after the new one
   */
  public record Change(Question question, Ruling before, Ruling after) {
    public Change {
      requireNonNull(question, "question is null");
      requireNonNull(before, "before is null");
      requireNonNull(after, "after is null");
    }

    /** Whether it changes in any case, and not only under some condition. */
    public boolean isCertain() {
      return before.answer() != BookTest.Answer.LATER && after.answer() != BookTest.Answer.LATER;
    }
  }

  /**
   * All that changes.
   *
   * @param changes none, if the books answer alike
   * @param complete whether every kind of question was asked
   */
  public record Comparison(List<Change> changes, boolean complete) {
    public Comparison {
      changes = List.copyOf(changes);
    }
  }

  /** Compares. */
  public Comparison compare() {
    Samples samples = new Samples(before.book(), after.book());
    Set<Question> asked = new HashSet<>();
    Set<Change> changes = new LinkedHashSet<>();
    boolean complete =
        collect(samples, before, after, asked, changes)
            && collect(samples, after, before, asked, changes);
    return new Comparison(List.copyOf(changes), complete);
  }

  private boolean collect(
      Samples samples, Evaluator one, Evaluator other, Set<Question> asked, Set<Change> changes) {
    Map<String, Rule> others =
        other.book().rules().stream().collect(Collectors.toMap(Rule::name, Function.identity()));
    for (Rule rule : one.book().rules()) {
      Optional<Rule> same = Optional.ofNullable(others.get(rule.name()));
      if (same.filter(r -> alike(rule, one.book().groups(), r, other.book().groups()))
          .isPresent()) {
        continue;
      }
      Iterator<Question> about = samples.about(rule, one.book().groups()).iterator();
      while (about.hasNext()) {
        Question question = about.next();
        if (asked.add(question)) {
          change(question).ifPresent(changes::add);
        }
        if (asked.size() > MOST_ASKED) {
          return false;
        }
      }
    }
    return true;
  }

  /** The line says nothing, and a group is who is in it. */
  private static boolean alike(Rule a, Groups its, Rule b, Groups others) {
    return at(a, 0).equals(at(b, 0))
        && a.who().stream()
            .filter(Who.Member.class::isInstance)
            .map(who -> ((Who.Member) who).group())
            .allMatch(group -> its.members(group).equals(others.members(group)));
  }

  private static Rule at(Rule r, int line) {
    return new Rule(
        r.name(),
        line,
        r.effect(),
        r.who(),
        r.devices(),
        r.places(),
        r.kinds(),
        r.levels(),
        r.postQuantum(),
        r.when(),
        r.zone(),
        r.obligations());
  }

  private Optional<Change> change(Question question) {
    if (parts(before, question).equals(parts(after, question))) {
      return Optional.empty();
    }
    Change change = new Change(question, before.bounds(question), after.bounds(question));
    boolean alike =
        change.before().answer() == change.after().answer()
            && change.before().obligations().equals(change.after().obligations());
    return change.isCertain() && alike ? Optional.empty() : Optional.of(change);
  }

  private static Set<Part> parts(Evaluator book, Question question) {
    return book.open(question).stream().map(Part::of).collect(Collectors.toSet());
  }

  /** What one rule adds to an answer; its name does not matter. */
  private record Part(
      Effect effect, Truth truth, Optional<Condition> when, ZoneId zone, Obligations obligations) {
    static Part of(Judgement judgement) {
      Rule rule = judgement.rule();
      return new Part(
          rule.effect(), judgement.truth(), rule.when(), rule.zone(), rule.obligations());
    }
  }
}
