package org.noports.policy.rules.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.Test;
import org.noports.policy.rules.book.BookTest;
import org.noports.policy.rules.question.Question;

/** 100,000 questions to books by chance, each answered by the dumb reference as well. */
public final class ReferenceTest {
  private static final int BOOKS = 1_000;
  private static final int QUESTIONS = 100;

  @Test
  public void theEvaluatorAnswersAsTheDumbReferenceDoesAndAsItExplains() throws Exception {
    Map<BookTest.Answer, Integer> answers = new EnumMap<>(BookTest.Answer.class);
    for (int seed = 0; seed < BOOKS; seed++) {
      RandomBook book = new RandomBook(seed);
      Evaluator evaluator = OpenBook.open("book-" + seed, book.text);
      for (int i = 0; i < QUESTIONS; i++) {
        Question question = book.question();
        Ruling ruling = evaluator.decide(question);
        same(seed, question, book, answer(ruling), book.dumb.decide(question));
        same(seed, question, book, evaluator.explain(question).ruling(), ruling);
        if (question.observed().pending() && ruling.answer() != BookTest.Answer.LATER) {
          Question seen = question.seen(book.observed());
          same(seed, seen, book, evaluator.decide(seen).answer(), ruling.answer());
        }
        answers.merge(ruling.answer(), 1, Integer::sum);
      }
    }
    for (BookTest.Answer answer : BookTest.Answer.values()) {
      assertThat(answer + " of " + answers, answers.get(answer), greaterThan(1_000));
    }
  }

  /** The sentence is long, and wanted only if they differ. */
  private static void same(
      int seed, Question question, RandomBook book, Object found, Object expected) {
    if (!found.equals(expected)) {
      assertThat("seed " + seed + ", " + question + "\n" + book.text, found, is(expected));
    }
  }

  private static Dumb.Answer answer(Ruling ruling) {
    return new Dumb.Answer(
        ruling.answer().name(),
        ruling.rule(),
        ruling.obligations().maxSession().map(Duration::toHours).orElse(0L));
  }
}
