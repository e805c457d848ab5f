package org.noports.shell;

import org.noports.api.NoPortsException;
import org.noports.api.door.ExitCodes;

/** Exit codes of commands, one for each reason; documented in docs/commands.md. */
final class ExitCode {
  /** Session variable in which a command leaves its exit code for whoever started it. */
  static final String VARIABLE = "noports.exit";

  static final int OK = ExitCodes.OK;
  static final int FAILED = ExitCodes.FAILED;
  static final int USAGE = ExitCodes.USAGE;
  static final int INTERRUPTED = ExitCodes.INTERRUPTED;

  private ExitCode() {}

  static int of(NoPortsException failure) {
    return ExitCodes.of(failure);
  }
}
