package org.noports.policy.rules.book;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.noports.api.AtSign;

/**
 * A book of rules as it was read. Its rules are in the order of their names, since the order in the
 * file says nothing.
 *
 * @param revision the SHA-256 of its text, in hexadecimal
 * @param zone in which {@code now} is told, if a rule does not say otherwise
 * @param groups who is in which group
 * @param rules what it says
 * @param tests what it has to answer
 */
public record RuleBook(
    String revision, ZoneId zone, Groups groups, List<Rule> rules, List<BookTest> tests) {
  public RuleBook {
    requireNonNull(revision, "revision is null");
    requireNonNull(zone, "zone is null");
    requireNonNull(groups, "groups is null");
    rules = rules.stream().sorted(Comparator.comparing(Rule::name)).toList();
    tests = List.copyOf(tests);
  }

  /** Whether an answer may become another by the clock alone. */
  public boolean looksAtTheClock() {
    return rules.stream()
        .flatMap(rule -> rule.when().stream())
        .anyMatch(condition -> condition.looksAtTheClock());
  }

  /** Whoever is named by a permit, or is in a group that is. */
  public Set<AtSign> named() {
    Set<AtSign> all = new TreeSet<>();
    for (Rule rule : rules) {
      if (rule.effect() == Effect.PERMIT) {
        rule.who().forEach(who -> name(who, all));
      }
    }
    return all;
  }

  private void name(Who who, Set<AtSign> all) {
    if (who instanceof Who.One one) {
      all.add(one.atSign());
    } else if (who instanceof Who.Member member) {
      all.addAll(groups.members(member.group()));
    }
  }
}
