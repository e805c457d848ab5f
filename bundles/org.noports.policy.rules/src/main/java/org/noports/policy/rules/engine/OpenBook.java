package org.noports.policy.rules.engine;

import java.util.List;
import org.noports.api.ConfigurationInvalid;
import org.noports.policy.rules.book.BookTest;
import org.noports.policy.rules.book.ReadBook;
import org.noports.policy.rules.book.RuleBook;

/** Opens a book: reads it, asks its own tests, and only then gives an evaluator out. */
public final class OpenBook {
  /** More failures than these are counted, not told. */
  private static final int MOST_TOLD = 20;

  private OpenBook() {}

  /**
   * The evaluator of a book that answers as its tests say.
   *
   * @throws ConfigurationInvalid if it cannot be read, or answers otherwise
   */
  public static Evaluator open(String file, String text) throws ConfigurationInvalid {
    RuleBook book = ReadBook.read(file, text);
    Evaluator evaluator = new Evaluator(book);
    List<Failure> failures = test(evaluator);
    if (!failures.isEmpty()) {
      StringBuilder told = new StringBuilder();
      failures.stream()
          .limit(MOST_TOLD)
          .forEach(f -> told.append('\n').append(file).append(':').append(f.message()));
      throw new ConfigurationInvalid(
          failures.size() + " of " + book.tests().size() + " tests of " + file + " fail:" + told);
    }
    return evaluator;
  }

  /** Asks the tests of the evaluator's book. */
  public static List<Failure> test(Evaluator evaluator) {
    return evaluator.book().tests().stream()
        .map(test -> new Failure(test, evaluator.explain(test.question())))
        .filter(Failure::isOne)
        .toList();
  }

  /**
   * A test and what the book answered instead.
   *
   * @param test which
   * @param explanation the answer, and how it came about
   */
  public record Failure(BookTest test, Explanation explanation) {
    private boolean isOne() {
      Ruling ruling = explanation.ruling();
      return ruling.answer() != test.expect()
          || test.rule().filter(rule -> !rule.equals(ruling.rule())).isPresent();
    }

    /** The line and one sentence. */
    public String message() {
      return test.line()
          + ": '"
          + test.name()
          + "' expects "
          + test.expect()
          + test.rule().map(rule -> " by " + rule).orElse("")
          + ", but "
          + explanation.ruling().reason();
    }
  }
}
