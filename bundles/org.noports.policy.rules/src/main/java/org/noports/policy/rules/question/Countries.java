package org.noports.policy.rules.question;

import java.net.InetAddress;
import java.util.Optional;

/** Which country an address is in, as far as anybody here knows. Quick, and never fails. */
@FunctionalInterface
public interface Countries {
  /** Nobody knows of any. */
  Countries NONE = address -> Optional.empty();

  /** Two capital letters (ISO 3166-1), as {@code DE}. */
  Optional<String> of(InetAddress address);
}
