package org.noports.policy.rules.book;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.noports.policy.rules.question.Question;

/**
 * What an administrator wants a book to answer; a book that answers otherwise is not activated.
 *
 * @param name what it is about
 * @param line where it begins
 * @param question what is asked
 * @param expect the answer
 * @param rule the rule that has to decide, if that matters
 */
public record BookTest(
    String name, int line, Question question, Answer expect, Optional<String> rule) {
  /** How a question can be answered. */
  public enum Answer {
    PERMIT,
    DENY,
    /** The links may be made; the question is asked again when they stand. */
    LATER
  }

  public BookTest {
    requireNonNull(name, "name is null");
    requireNonNull(question, "question is null");
    requireNonNull(expect, "expect is null");
    requireNonNull(rule, "rule is null");
  }
}
