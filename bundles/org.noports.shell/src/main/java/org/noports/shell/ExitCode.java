package org.noports.shell;

import java.util.Map;
import org.noports.api.NoPortsException;

/** Exit codes of commands, one for each reason; documented in docs/commands.md. */
final class ExitCode {
  /** Session variable in which a command leaves its exit code for whoever started it. */
  static final String VARIABLE = "noports.exit";

  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  /** As shells report a program that Ctrl-C ended: 128 and SIGINT. */
  static final int INTERRUPTED = 130;

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
          Map.entry("audit-broken", 24));

  private ExitCode() {}

  static int of(NoPortsException failure) {
    return BY_REASON.getOrDefault(failure.reason(), FAILED);
  }
}
