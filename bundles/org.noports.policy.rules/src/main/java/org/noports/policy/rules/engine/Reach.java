package org.noports.policy.rules.engine;

import java.util.List;
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
  public record Access(Question question, Ruling ruling) {}

  /** Everybody who may do what {@code like} asks for, in whose place each is put in turn. */
  public List<Access> whoCan(Question like) {
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
    return permitted(samples.clients().stream().map(asked));
  }

  /** Everything that {@code client} may do. */
  public List<Access> whatCan(AtSign client) {
    RuleBook book = evaluator.book();
    return permitted(
        book.rules().stream()
            .filter(rule -> rule.effect() == Effect.PERMIT)
            .flatMap(rule -> samples.about(rule, book.groups(), client)));
  }

  private List<Access> permitted(Stream<Question> questions) {
    return questions
        .limit(MOST_ASKED)
        .distinct()
        .map(question -> new Access(question, evaluator.bounds(question)))
        .filter(access -> access.ruling().answer() != BookTest.Answer.DENY)
        .toList();
  }
}
