package org.noports.api.atserver;

import org.noports.api.AtSign;
import org.noports.api.EnrollmentEnded;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears when the keys of one of our atSigns are taken no more. Register it as a service: what runs
 * in that atSign's name ends now, with this reason.
 */
@ConsumerType
public interface EnrollmentObserver {
  /**
   * The session of {@code self} with its atServer is over for good; a new one opens only with other
   * keys, or once the enrollment is in force again. Called on a thread of whoever keeps the
   * sessions; must not block.
   */
  void ended(AtSign self, EnrollmentEnded reason);
}
