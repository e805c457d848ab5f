package org.noports.atserver.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.noports.api.AtSign;

/**
 * A conversation written down: who speaks ({@code as owner}, {@code as stranger}, {@code as peer}
 * for one that shows an atServer's certificate, {@code as visitor @bob}), what is sent ({@code >
 * …}) and the one piece that must come back ({@code < …}, with {@code <NL>} for the line end and
 * placeholders for what differs from run to run).
 *
 * <p>{@code called NAME} names the connection that speaks, {@code on NAME} goes back to it. {@code
 * <uuid=NAME>} takes what stands there, {@code $NAME} puts it back. {@code pkam KEY COMMAND} and
 * {@code cram} ask for a challenge and send the command with what answers it; {@code prove KEY
 * COMMAND} signs the text in the place of the command's proof.
 */
final class Transcript {
  private static final Map<String, String> PLACEHOLDERS = new LinkedHashMap<>();

  static {
    PLACEHOLDERS.put("NL", "\n");
    PLACEHOLDERS.put("n", "-?\\d+");
    PLACEHOLDERS.put("uuid", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    PLACEHOLDERS.put("code", "[A-NP-Z1-9]{6}");
    PLACEHOLDERS.put("date", "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    PLACEHOLDERS.put("any", "[^\n]*");
  }

  private static final Pattern PLACEHOLDER = Pattern.compile("<(NL|n|uuid|code|date|any)(=\\w+)?>");
  private static final Pattern PROOF = Pattern.compile("(?<=\"apkamPublicKeySignature\":\")[^\"]*");
  private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+)");

  private final TestHost host;
  private final Map<String, String> taken = new HashMap<>();
  private final Map<String, Line> called = new HashMap<>();
  private AtSign spokenTo = TestHost.ALICE;
  private Line line;

  private Transcript(TestHost host) {
    this.host = host;
    PkamKeys.publicKeys().forEach(taken::put);
  }

  static void replay(String name, TestHost host) throws IOException {
    Transcript transcript = new Transcript(host);
    for (String step : steps(name)) {
      transcript.play(name, step);
    }
  }

  private void play(String name, String step) {
    String rest = step.substring(Math.min(step.indexOf(' ') + 1, step.length())).stripLeading();
    if (step.startsWith("as ")) {
      line = speaker(rest);
    } else if (step.startsWith("called ")) {
      called.put(rest, line);
    } else if (step.startsWith("on ")) {
      line = called.get(rest);
    } else if (step.startsWith("pkam ")) {
      String[] said = filled(rest).split(" ", 2);
      line.send(said[1] + PkamKeys.sign(said[0], line.data("from:" + spokenTo)));
    } else if (step.startsWith("prove ")) {
      String[] said = filled(rest).split(" ", 2);
      line.send(proven(said[0], said[1]));
    } else if (step.equals("cram")) {
      line.send("cram:" + TestHost.cramDigest(line.data("from:" + spokenTo)));
    } else if (step.startsWith("> ") || step.equals(">")) {
      line.send(filled(step.substring(Math.min(2, step.length()))));
    } else if (step.startsWith("< ")) {
      expect(step.substring(2));
    } else if (!step.isBlank() && !step.startsWith("#")) {
      throw new IllegalArgumentException(name + ": '" + step + "'");
    }
  }

  /** The text in the place of a proof is signed, and its signature put there. */
  private static String proven(String key, String command) {
    return PROOF
        .matcher(command)
        .replaceAll(found -> Matcher.quoteReplacement(PkamKeys.sign(key, found.group())));
  }

  private static List<String> steps(String name) throws IOException {
    try (InputStream in = Transcript.class.getResourceAsStream("/transcripts/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private String filled(String text) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    taken.getOrDefault(found.group(1), "no '" + found.group(1) + "' was taken")));
  }

  private Line speaker(String who) {
    String[] words = who.split(" ");
    AtSign named = words.length > 1 ? AtSign.of(words[1]) : TestHost.ALICE;
    spokenTo = words[0].equals("visitor") ? TestHost.ALICE : named;
    return switch (words[0]) {
      case "visitor" -> host.visitor(TestHost.ALICE, named);
      case "owner" -> host.owner(named);
      case "stranger" -> host.stranger(named);
      case "peer" -> host.atServer(named, host.settings.identity());
      default -> throw new IllegalArgumentException("as " + who);
    };
  }

  private void expect(String expected) {
    StringBuilder regex = new StringBuilder();
    Matcher found = PLACEHOLDER.matcher(expected);
    int end = 0;
    while (found.find()) {
      regex.append(Pattern.quote(filled(expected.substring(end, found.start()))));
      String name = found.group(2) == null ? "" : "?<" + found.group(2).substring(1) + ">";
      regex.append('(').append(name).append(PLACEHOLDERS.get(found.group(1))).append(')');
      end = found.end();
    }
    regex.append(Pattern.quote(filled(expected.substring(end))));
    Matcher heard = line.expectMatch(Pattern.compile(regex.toString(), Pattern.DOTALL));
    PLACEHOLDER
        .matcher(expected)
        .results()
        .filter(result -> result.group(2) != null)
        .map(result -> result.group(2).substring(1))
        .forEach(name -> taken.put(name, heard.group(name)));
  }
}
