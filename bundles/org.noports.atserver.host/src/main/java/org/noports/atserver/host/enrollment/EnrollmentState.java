package org.noports.atserver.host.enrollment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What became of an enrollment. */
public enum EnrollmentState {
  PENDING,
  APPROVED,
  DENIED,
  REVOKED,
  /** Only in filters: what has expired is no longer stored. */
  EXPIRED,
  /** Only in answers: what is deleted is no longer stored. */
  DELETED;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of that name. */
  public static Optional<EnrollmentState> of(String wire) {
    return Arrays.stream(values()).filter(state -> state.wire().equals(wire)).findFirst();
  }
}
