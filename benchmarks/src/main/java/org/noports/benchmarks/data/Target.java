package org.noports.benchmarks.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Where an end dials.
 *
 * @param port 0 for nowhere: it is dialled
 * @param line what it says first; - for nothing
 */
record Target(int port, String line) {
  /** Ports and lines in turn, from a place in a command on. */
  static List<Target> of(String[] words, int from) {
    List<Target> targets = new ArrayList<>();
    for (int i = from; i < words.length; i += 2) {
      targets.add(new Target(Integer.parseInt(words[i]), words[i + 1]));
    }
    return targets;
  }
}
