package org.noports.policy.rules.engine;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.noports.api.AtSign;
import org.noports.policy.rules.book.BookTest;
import org.noports.policy.rules.book.Effect;
import org.noports.policy.rules.book.RuleBook;
import org.noports.policy.rules.question.Question;

/**
 * Who can, and what can somebody: the questions that a book permits, each with the ruling; {@code
 * LATER} where a condition decides. Whoever and whatever the book does not name is told of as one.
 */
public final class Reach {
  /** More are not asked: the answer is for people. */
  public static final int MOST_ASKED = 500_000;

  private final Evaluator evaluator;
  private final Samples samples;

  public Reach(Evaluator evaluator) {
    RuleBook book = evaluator.book();
    this.evaluator = evaluator;
    this.samples = new Samples(book, book);
  }

  /**
   * What is permitted, at least under some condition.
   *
   * @param question a sample of its kind
   * @param ruling permit, or later
   */
  public record Access(Question question, Ruling ruling) {
    public Access {
      requireNonNull(question, "question is null");
      requireNonNull(ruling, "ruling is null");
    }
  }

  /**
   * All that is permitted.
   *
   * @param accesses none, if nothing is
   * @param complete whether every kind of question was asked
   */
  public record Reached(List<Access> accesses, boolean complete) {
    public Reached {
      accesses = List.copyOf(accesses);
    }
  }

  /** Everybody who may do what {@code like} asks for, in whose place each is put in turn. */
  public Reached whoCan(Question like) {
    Function<AtSign, Question> asked =
        client ->
            new Question(
                client,
                like.device(),
                like.kind(),
                like.endpoint(),
                like.level(),
                like.observed(),
                like.claimedZone(),
                like.now());
    return permitted(samples.clients().stream().map(asked), Long.MAX_VALUE);
  }

  /** Everything that {@code client} may do. */
  public Reached whatCan(AtSign client) {
    return whatCan(client, Long.MAX_VALUE);
  }

  /** As much of that as is found in so many nanoseconds. */
  public Reached whatCan(AtSign client, long nanos) {
    RuleBook book = evaluator.book();
    return permitted(
        book.rules().stream()
            .filter(rule -> rule.effect() == Effect.PERMIT)
            .flatMap(rule -> samples.about(rule, book.groups(), client)),
        nanos);
  }

  private Reached permitted(Stream<Question> questions, long nanos) {
    long start = System.nanoTime();
    Set<Question> asked = new HashSet<>();
    List<Access> accesses = new ArrayList<>();
    Iterator<Question> all = questions.iterator();
    while (System.nanoTime() - start < nanos && all.hasNext() && asked.size() < MOST_ASKED) {
      Question question = all.next();
      if (asked.add(question)) {
        Ruling ruling = evaluator.bounds(question);
        if (ruling.answer() != BookTest.Answer.DENY) {
          accesses.add(new Access(question, ruling));
        }
      }
    }
    return new Reached(accesses, !all.hasNext());
  }
}
