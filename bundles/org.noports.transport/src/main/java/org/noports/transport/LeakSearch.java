package org.noports.transport;

import io.netty.util.ResourceLeakDetector;

/**
 * Netty's search for buffers that nobody gives back: every 128th remembers where it was made. That
 * is a hundredth of all work of a tunnel, and more than that of the slowest hundredth of messages.
 * So it is off, unless {@value #LEVEL} says how much of it there should be; our tests say so.
 */
final class LeakSearch {
  static final String LEVEL = "io.netty.leakDetection.level";

  static {
    if (System.getProperty(LEVEL, "").isEmpty()) {
      ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }
  }

  private LeakSearch() {}

  /** Once for the JVM. */
  static void onlyIfAskedFor() {
    // Loading this class has done it.
  }
}
