package org.noports.policy.rules.book;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.noports.api.ConfigurationInvalid;
import org.noports.policy.rules.yaml.Flaw;
import org.noports.policy.rules.yaml.Keys;
import org.noports.policy.rules.yaml.Node;
import org.noports.policy.rules.yaml.ReadYaml;

/** Reads a book from its text: all of it, or a refusal that names file, line and reason. */
public final class ReadBook {
  /** Known well, and twice what anybody has been measured with. */
  static final int MOST_RULES = 20_000;

  /** Each is asked when the book is activated. */
  static final int MOST_TESTS = 5_000;

  private static final String FORMAT = "1";

  private ReadBook() {}

  /**
   * Reads {@code text}; {@code file} is what messages call it.
   *
   * @throws ConfigurationInvalid if any of it cannot be
   */
  public static RuleBook read(String file, String text) throws ConfigurationInvalid {
    try {
      return book(Keys.of(ReadYaml.read(text), "the book"), text);
    } catch (Flaw e) {
      throw new ConfigurationInvalid(file + ":" + e.line() + ": " + e.getMessage(), e);
    }
  }

  private static RuleBook book(Keys keys, String text) {
    keys.need("format", ReadBook::format);
    ZoneId zone = keys.text("zone", ReadBook::zone).orElse(ZoneId.of("UTC"));
    Groups groups = keys.node("groups").map(ReadGroups::read).orElse(Groups.NONE);
    List<Node> written = limited(keys.items("rules"), MOST_RULES, "rules");
    ReadRule reading = new ReadRule(groups, zone);
    List<Rule> rules = written.stream().map(reading::read).toList();
    List<BookTest> tests =
        limited(keys.items("tests"), MOST_TESTS, "tests").stream()
            .map(node -> ReadTest.read(node, zone))
            .toList();
    keys.done();
    unique(rules);
    return new RuleBook(revision(text), zone, groups, rules, tests);
  }

  private static String format(String text) {
    if (!text.equals(FORMAT)) {
      throw new IllegalArgumentException(
          "'" + text + "' is not known here; this version reads format " + FORMAT);
    }
    return text;
  }

  static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no time zone: expected a name as in Europe/Berlin", e);
    }
  }

  private static List<Node> limited(List<Node> nodes, int most, String what) {
    if (nodes.size() > most) {
      throw new Flaw(
          nodes.get(most).line(), "there are " + nodes.size() + " " + what + "; at most " + most);
    }
    return nodes;
  }

  private static void unique(List<Rule> rules) {
    Map<String, Rule> known = new HashMap<>();
    for (Rule rule : rules) {
      Rule before = known.put(rule.name(), rule);
      if (before != null) {
        throw new Flaw(
            rule.line(),
            "rule '" + rule.name() + "' is said twice; first in line " + before.line());
      }
    }
  }

  private static String revision(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
