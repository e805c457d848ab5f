package org.noports.atserver.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;

/**
 * A fuzz target: a running atServer, over a real connection. Each line of the input is answered by
 * one line and a prompt, never with an unexpected failure; the atSign next door goes on.
 *
 * <p>The first byte says who speaks: {@code o} the owner, anything else a stranger.
 */
public final class AtServerTarget {
  /** What is answered late or by nothing on purpose, and what makes others be asked. */
  private static final List<String> NOT_SENT =
      List.of("noop", "monitor", "@exit", "enroll", "stream", "otp", "to:");

  /** Who changes it is not the owner any more, for all inputs that follow. */
  private static final String OWNER_KEY = "at_pkam_publickey";

  private static final int MOST_LINES = 20;

  private static TestHost host;

  private AtServerTarget() {}

  /** Called by the fuzzer, by name, before the first input. */
  public static void fuzzerInitialize() {
    try {
      host = new TestHost();
      host.before();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static void end() {
    host.after();
  }

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 2) {
      return;
    }
    try (Line line = input[0] == 'o' ? host.owner(TestHost.ALICE) : host.stranger(TestHost.ALICE)) {
      String text = new String(input, 1, input.length - 1, UTF_8);
      text.lines().limit(MOST_LINES).allMatch(command -> answered(line, command));
    }
    try (Line next = host.stranger(TestHost.BOB)) {
      next.send("noop:0");
      next.expect("data:ok\n@");
    }
  }

  /** Whether the connection is still there after the answer. */
  private static boolean answered(Line line, String command) {
    String start = command.strip().toLowerCase(Locale.ROOT).replace(" ", "");
    if (NOT_SENT.stream().anyMatch(start::startsWith) || start.contains(OWNER_KEY)) {
      return true;
    }
    line.send(command);
    StringBuilder heard = new StringBuilder();
    while (!complete(heard)) {
      String piece = line.read();
      if (piece.isEmpty()) {
        return false;
      }
      heard.append(piece);
    }
    if (heard.indexOf("unexpected failure") >= 0) {
      throw new AssertionError("'" + command + "' was answered '" + heard + "'");
    }
    return heard.charAt(heard.length() - 1) == '@';
  }

  /** A line and a prompt, a line that ends the connection, or pol's bare prompt. */
  private static boolean complete(StringBuilder heard) {
    int newline = heard.indexOf("\n");
    if (newline != heard.lastIndexOf("\n")) {
      throw new AssertionError("more than one line: '" + heard + "'");
    }
    if (newline < 0) {
      return heard.length() > 1
          && heard.charAt(0) == '@'
          && heard.charAt(heard.length() - 1) == '@';
    }
    return newline < heard.length() - 1 && heard.charAt(heard.length() - 1) == '@';
  }
}
