package org.noports.benchmarks.data;

/**
 * A way from the near end to the far one.
 *
 * @param port where the near end dials
 * @param line what it says first; - for nothing
 * @param farPort where the far end dials; 0 if it is dialled
 * @param farLine what it says first
 */
record Way(int port, String line, int farPort, String farLine) {
  /** Through somebody who dials the far end. */
  static Way dialled(int port) {
    return new Way(port, "-", 0, "-");
  }

  /** As the relay's process prints it. */
  static Way printed(String text) {
    String[] words = text.split(" ");
    return new Way(Integer.parseInt(words[0]), words[1], Integer.parseInt(words[2]), words[3]);
  }
}
