package org.noports.policy.rules.book;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;

/** What a book may say; all else is refused by its line. */
public final class ReadBookTest {
  private static final String SLIPS = "\n\t :,-[]{}'\"\\&*!|>%@`#?019azé\0\u2028/.()=+$~";

  private static final String RULE =
      "format: 1\n"
          + "rules:\n"
          + "  - name: r\n"
          + "    effect: permit\n"
          + "    who: [\"*\"]\n"
          + "    devices: [\"*\"]\n";

  @Test
  public void groupsInGroupsAreResolvedInWhateverOrderTheyAreWritten() throws Exception {
    RuleBook book =
        read("format: 1\ngroups:\n  b: ['@bob', 'group:a']\n  a: ['@ann']\n  c: ['group:b']\n");
    assertThat(book.groups().of(AtSign.of("@ann")), is(Set.of("a", "b", "c")));
    assertThat(book.groups().of(AtSign.of("@bob")), is(Set.of("b", "c")));
  }

  @Test
  public void aRuleSaysWhatItIsWrittenToSay() throws Exception {
    Rule rule =
        read(RULE
                + "    places: ['[2001:db8::]/32:22', 'A.example:1-9', '127.0.0.0/8:*']\n"
                + "    obligations: {require: both, max-session: 90m, record: true}\n")
            .rules()
            .get(0);
    assertThat(
        rule.places().toString(),
        is("[2001:db8:0:0:0:0:0:0/32:22, a.example:1-9, localhost:1-65535]"));
    assertThat(rule.obligations().maxSession(), is(Optional.of(Duration.ofMinutes(90))));
    assertThat(rule.obligations().require().toString(), is("both"));
    assertThat(rule.kinds(), is(Rule.USUAL));
  }

  @Test
  public void whateverCannotBeIsRefusedByItsLine() {
    refused("rules: []\n", 1, "has no 'format'");
    refused("format: 2\n", 1, "reads format 1");
    refused("format: 1\nrulez: []\n", 2, "no key 'rulez'");
    refused("format: 1\nzone: Mars/Base\n", 2, "no time zone");
    refused("format: 1\nformat: 1\n", 2, "said twice");
    refused(RULE + "    wen: 'true'\n", 7, "no key 'wen'");
    refused(RULE + "    kinds: tunnel\n", 7, "has to be a list");
    refused(RULE + "    kinds: []\n", 7, "at least one");
    refused(RULE + "    kinds: [tunel]\n", 7, "none of [ping, tunnel");
    refused(RULE + "    places:\n      - '*:22'\n      - '*:0'\n", 9, "no ports");
    refused(RULE + "    places: ['10.0.0.0/33:22']\n", 7, "/33");
    refused(RULE + "    places: ['10.0.0.300:22']\n", 7, "no host");
    refused(RULE + "    obligations: {rekord: true}\n", 7, "no key 'rekord'");
    refused(RULE + "    obligations: {max-session: 1.5h}\n", 7, "no length");
    refused(RULE.replace("permit", "forbid") + "    obligations: {record: true}\n", 7, "a forbid");
    refused(RULE.replace("\"*\"]\n    dev", "alice]\n    dev"), 5, "no '@' in front");
    refused(RULE.replace("\"*\"]\n    dev", "'group:x']\n    dev"), 5, "no group 'x'");
    refused(RULE + RULE.substring(RULE.indexOf("  - name")), 7, "first in line 3");
    refused(
        "format: 1\ntests:\n  - name: t\n    expect: permit\n    ask: {who: '@a'}\n", 5, "device");
  }

  @Test
  public void groupsThatContainThemselvesAreRefused() {
    refused("format: 1\ngroups:\n  a: ['group:b']\n  b: ['group:a']\n", 3, "contains itself");
    refused("format: 1\ngroups:\n  a: ['*']\n", 3, "cannot have '*'");
  }

  @Test
  public void bombsAreRefused() {
    refused("format: 1\nzone: &a UTC\n", 2, "anchors");
    refused("format: 1\nrules: [*a]\n", 2, "anchors");
    refused("format: 1\nzone: !!java.net.URL x\n", 2, "tags");
    refused("format: 1\nrules: " + "[".repeat(100_000), 2, "levels deep");
    refused("format: 1\n---\nformat: 1\n", 2, "second document");
    refused("format: 1\n# " + "x".repeat(5 << 20), 1, "characters");
    refused("", 1, "empty");
    refused("format: [1\n", 2, "no YAML");
  }

  @Test
  public void conditionsThatCannotBeAreRefusedByTheirLine() {
    for (List<String> one :
        List.of(
            List.of("observed.adress == 'x'", "undeclared reference"),
            List.of("request.port == '22'", "no matching overload"),
            List.of("client", "expected type 'bool'"),
            List.of("has(observed.address)", "undeclared reference to 'has'"),
            List.of("[1, 2].exists(x, x == 1)", "undeclared reference"),
            List.of("observed.address.within('10.0.0.0/99')", "/99"),
            List.of("client.matches('(a+')", "no pattern"),
            List.of("client.matches('(x{100}){100}')", "program size"),
            List.of("(".repeat(60) + "true" + ")".repeat(60), "recursion"),
            List.of("true" + " || true".repeat(110), "parts"),
            List.of("true" + " || true".repeat(200), "exceeds"))) {
      refused(RULE + "    when: \"" + one.get(0) + "\"\n", 7, one.get(1));
    }
  }

  @Test
  public void whateverIsTypedAmissIsReadOrRefusedAndNothingElse() {
    String text =
        RULE.replace("format: 1", "format: 1\ngroups: {g: ['@ann', '@bob']}")
            + "    places: ['10.0.0.0/8:1-9', '*.x.example:22', 'service:ssh']\n"
            + "    when: \"client == '@ann' && now.time > '08:00'\"\n"
            + "    obligations: {require: both, max-session: 90m}\n"
            + "tests:\n  - name: t\n    expect: deny\n"
            + "    ask: {who: '@a', device: dev1@d, place: 'h:22', at: '2026-11-21T03:00'}\n";
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      StringBuilder typed = new StringBuilder(text);
      for (int slips = random.nextInt(3); slips >= 0; slips--) {
        int at = random.nextInt(typed.length());
        char slip = SLIPS.charAt(random.nextInt(SLIPS.length()));
        typed.replace(at, at + random.nextInt(2), String.valueOf(slip));
      }
      try {
        read(typed.toString());
      } catch (ConfigurationInvalid e) {
        refused++;
        assertThat(e.getMessage(), startsWith("book.yaml:"));
      }
    }
    assertThat(refused, greaterThan(1_000));
  }

  private static RuleBook read(String text) throws ConfigurationInvalid {
    return ReadBook.read("book.yaml", text);
  }

  private static void refused(String text, int line, String reason) {
    String message = assertThrows(text, ConfigurationInvalid.class, () -> read(text)).getMessage();
    assertThat(message, startsWith("book.yaml:" + line + ": "));
    assertThat(message, containsString(reason));
  }
}
