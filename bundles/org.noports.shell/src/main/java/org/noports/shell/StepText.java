package org.noports.shell;

import java.time.Duration;
import java.util.Locale;
import org.noports.api.session.HandshakeStep;

/** A step of a hand-shake as one line: its duration, what happened, what came of it. */
final class StepText {
  private StepText() {}

  static String of(HandshakeStep step, Duration took, String detail) {
    return of(step.sentence() + (detail.isEmpty() ? "" : ": " + detail), took);
  }

  static String of(String sentence, Duration took) {
    return String.format(Locale.ROOT, "%9.1f ms  %s", took.toNanos() / 1e6, sentence);
  }
}
