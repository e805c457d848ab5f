package org.noports.policy.rules.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.Assert.assertThrows;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.Test;
import org.noports.api.ConfigurationInvalid;
import org.noports.policy.rules.condition.Step;

/** Books that are opened as administrators write them, each with its tests. */
public final class EvaluatorTest {
  private static final String NIGHT =
      """
      format: 1
      zone: Europe/Berlin
      groups:
        night: ["@alice", "@bob"]
      rules:
        - name: night-shift
          effect: permit
          who: ["group:night"]
          devices: ["group:pumps"]
          places: ["localhost:22"]
          when: (now.time >= '22:00' || now.time < '06:00') && observed.address.within('192.0.2.0/24')
          obligations: {max-session: 1h}
        - name: not-bob
          effect: forbid
          who: ["@bob"]
          devices: ["*"]
          when: claimed.zone != 'plant'
      tests:
        - name: by night, from the plant
          ask: {who: "@alice", device: dev1@plant, group: pumps, place: "127.0.0.1:22", at: "2026-11-21T23:00", observed-address: 192.0.2.7}
          expect: permit
        - name: by day
          ask: {who: "@alice", device: dev1@plant, group: pumps, place: "localhost:22", at: "2026-11-21T12:00", observed-address: 192.0.2.7}
          expect: deny
          rule: default-deny
        - name: by night, before the links stand
          ask: {who: "@alice", device: dev1@plant, group: pumps, place: "localhost:22", at: "2026-11-21T23:00", observed-address: pending}
          expect: later
        - name: by day, before the links stand
          ask: {who: "@alice", device: dev1@plant, group: pumps, place: "localhost:22", at: "2026-11-21T12:00", observed-address: pending}
          expect: deny
        - name: by night, from nobody knows where
          ask: {who: "@alice", device: dev1@plant, group: pumps, place: "localhost:22", at: "2026-11-21T23:00"}
          expect: deny
        - name: Bob, who says nothing
          ask: {who: "@bob", device: dev1@plant, group: pumps, place: "localhost:22", at: "2026-11-21T23:00", observed-address: 192.0.2.7}
          expect: deny
          rule: not-bob
        - name: Bob, who says that he is there
          ask: {who: "@bob", device: dev1@plant, group: pumps, place: "localhost:22", at: "2026-11-21T23:00", observed-address: 192.0.2.7, claimed-zone: plant}
          expect: permit
      """;

  @Test
  public void timesPlacesAndClaimsDecideAsWritten() throws Exception {
    assertThat(OpenBook.test(OpenBook.open("night.yaml", NIGHT)), is(List.of()));
  }

  @Test
  public void aBookWhoseTestsFailIsNotOpened() {
    String wrong = NIGHT.replace("'22:00'", "'23:30'");
    String message =
        assertThrows(ConfigurationInvalid.class, () -> OpenBook.open("night.yaml", wrong))
            .getMessage();
    assertThat(message, containsString("3 of 7 tests of night.yaml fail"));
    assertThat(message, containsString("night.yaml:19: 'by night, from the plant' expects PERMIT"));
  }

  @Test
  public void anExplanationTellsEachRuleAndEachPartOfItsCondition() throws Exception {
    Evaluator evaluator = OpenBook.open("night.yaml", NIGHT);
    Explanation told = evaluator.explain(evaluator.book().tests().get(1).question());
    assertThat(told.others(), is(1));
    Judgement night = told.considered().get(0);
    assertThat(night.because(), is("when"));
    assertThat(
        night.steps(),
        hasItems(
            new Step("now.time", "'12:00'"),
            new Step("now.time >= \"22:00\"", "false"),
            new Step("now.time < \"06:00\"", "false")));
  }

  @Test
  public void aNameNeverOpensAnAddressThatIsForbidden() throws Exception {
    OpenBook.open(
        "rebind.yaml",
        """
        format: 1
        rules:
          - {name: db, effect: permit, who: ["*"], devices: ["*"], places: ["db.example:5432"]}
          - {name: inner, effect: forbid, who: ["*"], devices: ["*"], places: ["10.0.0.0/8:*", "localhost:*"]}
        tests:
          - {name: outside, expect: permit, ask: {who: "@a", device: dev1@d, place: "DB.example.:5432", resolved: 192.0.2.1}}
          - {name: inside, expect: deny, rule: inner, ask: {who: "@a", device: dev1@d, place: "db.example:5432", resolved: 10.9.9.9}}
          - {name: mapped, expect: deny, rule: inner, ask: {who: "@a", device: dev1@d, place: "db.example:5432", resolved: "::ffff:10.9.9.9"}}
          - {name: at home, expect: deny, rule: inner, ask: {who: "@a", device: dev1@d, place: "db.example:5432", resolved: 0.0.0.0}}
          - {name: not resolved, expect: deny, rule: inner, ask: {who: "@a", device: dev1@d, place: "db.example:5432"}}
          - {name: ping, expect: permit, ask: {who: "@a", device: dev1@d, kind: ping}}
        """);
  }

  @Test
  public void aNameIsTheDeviceItselfOnlyIfItsAddressIs() throws Exception {
    OpenBook.open(
        "home.yaml",
        """
        format: 1
        rules:
          - {name: home, effect: permit, who: ["*"], devices: ["*"], places: ["localhost:22"]}
          - {name: not-home, effect: forbid, who: ["@b"], devices: ["*"], places: ["127.0.0.1:22"]}
          - {name: else, effect: permit, who: ["@b"], devices: ["*"], places: ["*:22"]}
        tests:
          - {name: by name, expect: permit, ask: {who: "@a", device: dev1@d, place: "localhost:22"}}
          - {name: by address, expect: permit, ask: {who: "@a", device: dev1@d, place: "localhost:22", resolved: 127.8.8.8}}
          - {name: below, expect: permit, ask: {who: "@a", device: dev1@d, place: "db.localhost:22", resolved: "::1"}}
          - {name: another name, expect: permit, ask: {who: "@a", device: dev1@d, place: "me.example:22", resolved: 0.0.0.0}}
          - {name: below elsewhere, expect: deny, ask: {who: "@a", device: dev1@d, place: "db.localhost:22", resolved: 192.0.2.1}}
          - {name: below nowhere, expect: deny, ask: {who: "@a", device: dev1@d, place: "db.localhost:22"}}
          - {name: itself elsewhere, expect: deny, ask: {who: "@a", device: dev1@d, place: "localhost:22", resolved: 192.0.2.1}}
          - {name: forbidden below, expect: deny, rule: not-home, ask: {who: "@b", device: dev1@d, place: "db.localhost:22", resolved: "::1"}}
          - {name: forbidden unless known, expect: deny, rule: not-home, ask: {who: "@b", device: dev1@d, place: "db.localhost:22"}}
          - {name: elsewhere, expect: permit, ask: {who: "@b", device: dev1@d, place: "db.localhost:22", resolved: 192.0.2.1}}
        """);
  }

  @Test
  public void ofTenThousandRulesAHandfulIsLookedAt() throws Exception {
    String rules =
        IntStream.range(0, 10_000)
            .mapToObj(
                i ->
                    "  - {name: r%d, effect: permit, who: ['@u%d', 'group:g%d'], devices: ['dev%d@d'], places: ['localhost:%d', 'h%d.example:443']}\n"
                        .formatted(i, i % 500, i % 100, i % 300, 1 + i % 1000, i))
            .collect(Collectors.joining());
    String groups =
        IntStream.range(0, 100)
            .mapToObj(i -> "  g%d: ['@u%d', '@u%d']\n".formatted(i, i, i + 100))
            .collect(Collectors.joining());
    Evaluator evaluator =
        OpenBook.open(
            "large.yaml",
            "format: 1\ngroups:\n"
                + groups
                + "rules:\n"
                + rules
                + "tests:\n"
                + "  - {name: one, expect: permit, ask: {who: '@u7', device: dev7@d, place:"
                + " 'localhost:8'}}\n");
    Explanation told = evaluator.explain(evaluator.book().tests().get(0).question());
    assertThat(told.considered().size(), lessThan(20));
  }
}
