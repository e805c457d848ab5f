package org.noports.ssh.client.copy;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.noports.api.CopyFailed;
import org.noports.api.SessionGone;

/** Names what went wrong, so that a person knows what to do. */
final class Problems {
  private Problems() {}

  /**
   * A failure of one side as a sentence.
   *
   * @param doing such as {@code read}
   */
  static CopyProblem at(Side side, String path, String doing, IOException failure)
      throws InterruptedIOException {
    if (failure instanceof InterruptedIOException interrupted) {
      throw interrupted;
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
    String what = "'" + path + "' " + side.title();
    return switch (side.why(failure, path)) {
      case MISSING -> one("There is no " + what, failure);
      case FORBIDDEN ->
          one(
              "No permission to " + doing + " " + what + ": the account there does not have it",
              failure);
      case READ_ONLY -> one(what + " is on a file system that can only be read", failure);
      case FULL ->
          new CopyProblem(
              new CopyFailed(
                  "The disk " + side.title() + " is full: '" + path + "' was not written", failure),
              true);
      case GONE ->
          new CopyProblem(
              new SessionGone(
                  "The connection broke while '"
                      + path
                      + "' was copied: no file has a name that is not whole; copy again",
                  failure),
              true);
      case OTHER -> one("Cannot " + doing + " " + what + ": " + failure.getMessage(), failure);
    };
  }

  /** A sentence about one thing. */
  static CopyProblem one(String sentence, IOException cause) {
    return new CopyProblem(new CopyFailed(sentence, cause), false);
  }

  static CopyProblem one(String sentence) {
    return one(sentence, null);
  }
}
