package org.noports.atserver;

import java.time.Duration;
import java.util.Optional;
import org.noports.api.AtSign;

/** Says by how much this machine's clock is off, if that is more than what does no harm. */
final class ClockOff {
  /** Certificates and limits of time are reckoned in minutes and more. */
  private static final Duration HARMLESS = Duration.ofMinutes(1);

  private ClockOff() {}

  /** One sentence; empty if the clock is right enough, or the atServer's time is not known. */
  static Optional<String> sentence(AtSign self, Optional<Duration> ahead) {
    return ahead
        .filter(by -> by.abs().compareTo(HARMLESS) > 0)
        .map(
            by ->
                "This machine's clock is "
                    + text(by.abs())
                    + (by.isNegative() ? " behind" : " ahead of")
                    + " that of the atServer of "
                    + self
                    + ": certificates are judged by it and logs are dated by it; set it"
                    + " (timedatectl set-ntp true)");
  }

  private static String text(Duration by) {
    return by.toHours() >= 3 ? by.toHours() + " h" : by.toMinutes() + " min";
  }
}
