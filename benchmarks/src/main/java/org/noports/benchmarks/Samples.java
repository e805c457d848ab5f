package org.noports.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What one contestant reached, round by round. */
public record Samples(List<Double> values) {
  public Samples {
    values = List.copyOf(values);
  }

  /** The middle one. */
  public double median() {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * Median of the ratios of the same rounds: what two contestants share of the machine's mood
   * cancels.
   */
  public double ratioTo(Samples peer) {
    double[] ratios = new double[values.size()];
    Arrays.setAll(ratios, round -> values.get(round) / peer.values.get(round));
    return new Samples(Arrays.stream(ratios).boxed().toList()).median();
  }

  /** Median and spread. */
  public String text(String unit) {
    double low = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double high = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    return String.format(Locale.ROOT, "%.0f (%.0f..%.0f) %s", median(), low, high, unit);
  }
}
