package org.noports.policy.rules.engine;

import static java.util.Objects.requireNonNull;

import org.noports.api.policy.Obligations;
import org.noports.policy.rules.book.BookTest;

/**
 * What a book answers.
 *
 * @param answer permit, deny, or later
 * @param rule the first by name of the rules that decided, or {@link #DEFAULT_DENY}
 * @param reason one sentence for the administrator's log
 * @param obligations what comes with a permit; of all permits that matched
 */
public record Ruling(BookTest.Answer answer, String rule, String reason, Obligations obligations) {
  /** In place of a rule, if nothing permitted. */
  public static final String DEFAULT_DENY = "default-deny";

  public Ruling {
    requireNonNull(answer, "answer is null");
    requireNonNull(rule, "rule is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(obligations, "obligations is null");
  }
}
