package org.noports.protocol.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.noports.protocol.verb.Verb;
import org.noports.protocol.verb.VerbFailure;

/** A command to an atServer is refused in one short line, or its canonical form means itself. */
public final class CommandTarget {
  private CommandTarget() {}

  public static void fuzzerTestOneInput(byte[] input) throws VerbFailure {
    Verb verb;
    try {
      verb = Verb.parse(new String(input, UTF_8));
    } catch (VerbFailure refused) {
      Expect.shortLine(refused.getMessage());
      return;
    }
    String canonical = verb.toLine();
    Expect.oneLine(canonical);
    Expect.same(canonical, Verb.parse(canonical).toLine());
    Expect.oneLine(verb.toString());
  }
}
