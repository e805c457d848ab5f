package org.noports.atserver.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.noports.api.AtSign;

/**
 * A conversation written down: who speaks ({@code as owner}, {@code as stranger}, {@code as visitor
 * @bob}), what is sent ({@code > …}) and the one piece that must come back ({@code < …}, with
 * {@code <NL>} for the line end and placeholders for what differs from run to run).
 */
final class Transcript {
  private static final Map<String, String> PLACEHOLDERS = new LinkedHashMap<>();

  static {
    PLACEHOLDERS.put("<NL>", "\n");
    PLACEHOLDERS.put("<n>", "-?\\d+");
    PLACEHOLDERS.put("<uuid>", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    PLACEHOLDERS.put("<date>", "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    PLACEHOLDERS.put("<any>", "[^\n]*");
  }

  private static final Pattern PLACEHOLDER = Pattern.compile("<(NL|n|uuid|date|any)>");

  private Transcript() {}

  static void replay(String name, TestHost host) throws IOException {
    Line line = null;
    for (String step : steps(name)) {
      if (step.startsWith("as ")) {
        line = speaker(step.substring(3).trim(), host);
      } else if (step.startsWith("> ") || step.equals(">")) {
        line.send(step.substring(Math.min(2, step.length())));
      } else if (step.startsWith("< ")) {
        line.expectMatch(pattern(step.substring(2)));
      } else if (!step.isBlank() && !step.startsWith("#")) {
        throw new IllegalArgumentException(name + ": '" + step + "'");
      }
    }
  }

  private static List<String> steps(String name) throws IOException {
    try (InputStream in = Transcript.class.getResourceAsStream("/transcripts/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static Line speaker(String who, TestHost host) {
    if (who.startsWith("visitor ")) {
      return host.visitor(TestHost.ALICE, AtSign.of(who.substring("visitor ".length())));
    }
    if (who.startsWith("owner ")) {
      return host.owner(AtSign.of(who.substring("owner ".length())));
    }
    return who.equals("owner") ? host.owner(TestHost.ALICE) : host.stranger(TestHost.ALICE);
  }

  private static Pattern pattern(String expected) {
    StringBuilder regex = new StringBuilder();
    Matcher found = PLACEHOLDER.matcher(expected);
    int end = 0;
    while (found.find()) {
      regex.append(Pattern.quote(expected.substring(end, found.start())));
      regex.append(PLACEHOLDERS.get(found.group()));
      end = found.end();
    }
    return Pattern.compile(regex + Pattern.quote(expected.substring(end)), Pattern.DOTALL);
  }
}
