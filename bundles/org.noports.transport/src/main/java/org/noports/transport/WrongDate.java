package org.noports.transport;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A peer's certificate is not valid now: it has ended, or begins later. The message says when and
 * by how much, because either that certificate or this machine's clock is wrong.
 */
final class WrongDate extends CertificateException {
  private static final long serialVersionUID = 1L;

  private WrongDate(String message, CertificateException cause) {
    super(message, cause);
  }

  /** Empty if all certificates of the chain are valid now. */
  static Optional<CertificateException> of(X509Certificate[] chain, CertificateException failure) {
    Instant now = Instant.now();
    for (X509Certificate each : chain) {
      Instant begin = each.getNotBefore().toInstant();
      Instant end = each.getNotAfter().toInstant();
      if (now.isAfter(end)) {
        return Optional.of(
            new WrongDate(
                "its certificate ended at "
                    + end
                    + ", "
                    + text(Duration.between(end, now))
                    + " ago by this machine's clock; it must be renewed there, unless this clock is"
                    + " wrong",
                failure));
      }
      if (now.isBefore(begin)) {
        return Optional.of(
            new WrongDate(
                "its certificate begins at "
                    + begin
                    + ", in "
                    + text(Duration.between(now, begin))
                    + " by this machine's clock; set this clock, unless that date is wrong",
                failure));
      }
    }
    return Optional.empty();
  }

  private static String text(Duration time) {
    if (time.toDays() >= 3) {
      return time.toDays() + " days";
    }
    return time.toHours() >= 3 ? time.toHours() + " h" : time.toMinutes() + " min";
  }
}
