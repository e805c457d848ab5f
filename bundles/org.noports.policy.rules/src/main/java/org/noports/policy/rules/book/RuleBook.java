package org.noports.policy.rules.book;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;

/**
 * A book of rules as it was read. Its rules are in the order of their names, since the order in the
 * file says nothing.
 *
 * @param revision the SHA-256 of its text, in hexadecimal
 * @param groups who is in which group
 * @param rules what it says
 * @param tests what it has to answer
 */
public record RuleBook(String revision, Groups groups, List<Rule> rules, List<BookTest> tests) {
  public RuleBook {
    requireNonNull(revision, "revision is null");
    requireNonNull(groups, "groups is null");
    rules = rules.stream().sorted(Comparator.comparing(Rule::name)).toList();
    tests = List.copyOf(tests);
  }
}
