package org.noports.policy.rules.engine;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.noports.policy.rules.question.Question;

/**
 * Asks a book what was asked before, and tells what it would have decided otherwise. Reads what is
 * replayed one by one, so that a log may be as long as it is.
 */
public final class ReplayDecisions {
  /** More differences are counted, not kept. */
  public static final int MOST_KEPT = 10_000;

  private ReplayDecisions() {}

  /**
   * A decision of the past.
   *
   * @param question what was asked, with what was known then
   * @param ruling what was decided
   */
  public record Past(Question question, Ruling ruling) {
    public Past {
      requireNonNull(question, "question is null");
      requireNonNull(ruling, "ruling is null");
    }
  }

  /**
   * A decision that would be another.
   *
   * @param past as it was
   * @param now as it would be
   */
  public record Difference(Past past, Ruling now) {}

  /**
   * All of them.
   *
   * @param asked how many were asked
   * @param differing how many would be another
   * @param differences the first of those, in the log's order
   * @param counts how many of each kind, as in {@code PERMIT to DENY}
   */
  public record Replayed(
      long asked, long differing, List<Difference> differences, Map<String, Long> counts) {
    public Replayed {
      differences = List.copyOf(differences);
      counts = Map.copyOf(counts);
    }
  }

  /** Asks {@code evaluator} again; answer and obligations are compared, the rule's name is not. */
  public static Replayed replay(Iterator<Past> log, Evaluator evaluator) {
    long asked = 0;
    long differing = 0;
    List<Difference> differences = new ArrayList<>();
    Map<String, Long> counts = new TreeMap<>();
    while (log.hasNext()) {
      Past past = log.next();
      Ruling now = evaluator.decide(past.question());
      asked++;
      if (now.answer() != past.ruling().answer()
          || !now.obligations().equals(past.ruling().obligations())) {
        differing++;
        counts.merge(past.ruling().answer() + " to " + now.answer(), 1L, Long::sum);
        if (differences.size() < MOST_KEPT) {
          differences.add(new Difference(past, now));
        }
      }
    }
    return new Replayed(asked, differing, differences, counts);
  }
}
