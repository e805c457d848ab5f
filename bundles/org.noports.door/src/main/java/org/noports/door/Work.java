package org.noports.door;

/** What is done for a caller, on a thread of its own that is interrupted when the caller is. */
@FunctionalInterface
interface Work {
  /** Exit code of a command that does not exist or was not understood. */
  int NOT_UNDERSTOOD = 2;

  /** Exit code of a command that failed without saying how. */
  int FAILED = 1;

  /** Exit code of an interrupted command, as shells have it. */
  int INTERRUPTED = 130;

  /** Does it; returns the exit code. */
  int run(Call call) throws Exception;
}
