package org.noports.api.door;

import java.util.Map;
import org.noports.api.NoPortsException;

/** What a program that was called through the door ends with, one code for each reason. */
public final class ExitCodes {
  /** Done. */
  public static final int OK = 0;

  /** An error without a name. */
  public static final int FAILED = 1;

  /** The arguments are wrong. */
  public static final int USAGE = 2;

  /** As shells report a program that Ctrl-C ended: 128 and SIGINT. */
  public static final int INTERRUPTED = 130;

  private static final Map<String, Integer> BY_REASON =
      Map.ofEntries(
          Map.entry("configuration-invalid", 3),
          Map.entry("identity-unusable", 4),
          Map.entry("atsign-not-found", 5),
          Map.entry("directory-unavailable", 6),
          Map.entry("atserver-unavailable", 7),
          Map.entry("relay-unavailable", 8),
          Map.entry("device-offline", 9),
          Map.entry("session-refused", 10),
          Map.entry("peer-unverified", 11),
          Map.entry("cipher-unavailable", 12),
          Map.entry("local-address-unavailable", 13),
          Map.entry("protocol-violation", 14),
          Map.entry("session-gone", 15),
          Map.entry("store-failed", 16),
          Map.entry("value-not-found", 17),
          Map.entry("enrollment-ended", 18),
          Map.entry("downgrade-detected", 19),
          Map.entry("peer-key-changed", 20),
          Map.entry("target-unavailable", 21),
          Map.entry("cipher-misbehaved", 22),
          Map.entry("requirement-unmet", 23),
          Map.entry("audit-broken", 24),
          Map.entry("copy-failed", 25));

  private ExitCodes() {}

  /** The code of a failure's reason; {@link #FAILED} for one without. */
  public static int of(NoPortsException failure) {
    return BY_REASON.getOrDefault(failure.reason(), FAILED);
  }
}
