package org.noports.policy.rules.engine;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A decision and how it came about.
 *
 * @param ruling the decision
 * @param considered each rule that the index found, in the order of their names
 * @param others how many rules name another client, device or place, and were not looked at
 * @param revision the book's
 */
public record Explanation(Ruling ruling, List<Judgement> considered, int others, String revision) {
  public Explanation {
    requireNonNull(ruling, "ruling is null");
    considered = List.copyOf(considered);
    requireNonNull(revision, "revision is null");
  }
}
