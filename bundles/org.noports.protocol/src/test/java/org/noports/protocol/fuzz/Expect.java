package org.noports.protocol.fuzz;

/** What a target expects; anything else is a finding. */
final class Expect {
  private static final int SHORT = 400;

  private Expect() {}

  static void same(String first, String second) {
    if (!first.equals(second)) {
      throw new AssertionError("'" + first + "' has become '" + second + "'");
    }
  }

  /** Nothing that could be taken for a second line of the protocol. */
  static void oneLine(String text) {
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      throw new AssertionError("more than one line: '" + text + "'");
    }
  }

  /** What is told of a fault: one line, however long the faulty text was. */
  static void shortLine(String message) {
    oneLine(message);
    if (message.isBlank() || message.length() > SHORT) {
      throw new AssertionError("no short sentence: '" + message + "'");
    }
  }
}
