package org.noports.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Alternates contestants, the order turned round every other round, after warm-up rounds. */
public final class Rounds {
  /** Measures one contestant once. */
  @FunctionalInterface
  public interface Contestant {
    double measure() throws Exception;
  }

  private Rounds() {}

  /** What each reached, round by round. */
  public static Map<String, Samples> run(
      int warmUp, int rounds, Map<String, Contestant> contestants) throws Exception {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    contestants.keySet().forEach(name -> values.put(name, new ArrayList<>()));
    for (int round = -warmUp; round < rounds; round++) {
      List<String> order = new ArrayList<>(contestants.keySet());
      if (round % 2 != 0) {
        Collections.reverse(order);
      }
      for (String name : order) {
        double value = contestants.get(name).measure();
        if (round >= 0) {
          values.get(name).add(value);
        }
      }
    }
    Map<String, Samples> samples = new LinkedHashMap<>();
    values.forEach((name, list) -> samples.put(name, new Samples(list)));
    return samples;
  }
}
