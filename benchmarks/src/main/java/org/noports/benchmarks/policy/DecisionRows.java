package org.noports.benchmarks.policy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.RuleBook;
import org.noports.benchmarks.Report;
import org.noports.benchmarks.Rounds;
import org.noports.benchmarks.Rounds.Contestant;
import org.noports.benchmarks.Samples;
import org.noports.policy.rules.RulesPolicy;

/** How fast books of three sizes decide, in this process, one question after the other. */
public final class DecisionRows {
  private static final int[] RULES = {10, 1_000, 10_000};
  private static final int QUESTIONS = 20_000;
  private static final int DECISIONS = 100_000;
  private static final double GOAL_MICROS = 50;

  private DecisionRows() {}

  /** The rows; the largest book has a goal. */
  public static void measure(Report report) throws Exception {
    Map<String, Contestant> contestants = new LinkedHashMap<>();
    for (int rules : RULES) {
      Asking asking = Asking.of(rules);
      contestants.put(rate(rules), asking::perSecond);
      contestants.put(slow(rules), asking::slowMicros);
    }
    Map<String, Samples> samples = Rounds.run(2, 7, contestants);
    for (int rules : RULES) {
      report.figure(rate(rules), samples.get(rate(rules)), "/s");
    }
    for (int rules : RULES) {
      Samples slow = samples.get(slow(rules));
      if (rules == RULES[RULES.length - 1]) {
        report.absolute(slow(rules), slow, "us", "< 50 us", median -> median < GOAL_MICROS);
      } else {
        report.figure(slow(rules), slow, "us");
      }
    }
  }

  private static String rate(int rules) {
    return String.format(Locale.ROOT, "decisions, %,d rules", rules);
  }

  private static String slow(int rules) {
    return String.format(Locale.ROOT, "p99 of a decision, %,d rules", rules);
  }

  /** A book and what is asked of it. */
  private record Asking(RuleBook book, List<AccessRequest> questions) {
    static Asking of(int rules) throws ConfigurationInvalid {
      Company company = new Company(rules);
      RuleBook book = new RulesPolicy().read("a company of " + rules + " rules", company.book());
      return new Asking(book, new Questions(company).halfPermitted(book, QUESTIONS));
    }

    private double perSecond() {
      int rulesNamed = 0;
      long begun = System.nanoTime();
      for (int i = 0; i < DECISIONS; i++) {
        rulesNamed += book.decide(questions.get(i % QUESTIONS)).rule().isEmpty() ? 0 : 1;
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      if (rulesNamed != DECISIONS) {
        throw new IllegalStateException("A decision names no rule");
      }
      return DECISIONS / seconds;
    }

    private double slowMicros() {
      double[] micros = new double[DECISIONS];
      for (int i = 0; i < DECISIONS; i++) {
        AccessRequest question = questions.get(i % QUESTIONS);
        long begun = System.nanoTime();
        book.decide(question);
        micros[i] = (System.nanoTime() - begun) / 1e3;
      }
      Arrays.sort(micros);
      return micros[(int) (DECISIONS * 0.99)];
    }
  }
}
