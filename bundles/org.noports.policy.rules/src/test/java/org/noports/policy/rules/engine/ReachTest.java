package org.noports.policy.rules.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.policy.rules.book.BookTest;
import org.noports.policy.rules.question.Question;

/** Who can, what can somebody, and what yesterday's questions would be answered tomorrow. */
public final class ReachTest {
  private static final String BOOK =
      """
      format: 1
      groups: {staff: ["@ann", "@bob"]}
      rules:
        - {name: ssh, effect: permit, kinds: [tunnel], who: ["group:staff"], devices: [dev1@gate], places: ["localhost:22"]}
        - {name: web, effect: permit, kinds: [tunnel], who: ["*"], devices: [dev1@gate], places: ["localhost:443"], when: now.time > '08:00'}
        - {name: no-bob, effect: forbid, who: ["@bob"], devices: ["@gate"], places: ["*:1-1000"]}
      tests:
        - {name: ssh, expect: permit, ask: {who: "@ann", device: dev1@gate, place: "localhost:22", resolved: 127.0.0.1}}
        - {name: web, expect: permit, ask: {who: "@cyd", device: dev1@gate, place: "localhost:443", resolved: 127.0.0.1}}
      """;

  @Test
  public void whoCanTellsEachClientAndWhetherAConditionDecides() throws Exception {
    Evaluator evaluator = OpenBook.open("book", BOOK);
    Reach reach = new Reach(evaluator);
    assertThat(who(reach, evaluator, 0), is(Map.of("@ann", BookTest.Answer.PERMIT)));
    assertThat(
        who(reach, evaluator, 1),
        is(Map.of("@ann", BookTest.Answer.LATER, "@anybody-else", BookTest.Answer.LATER)));
  }

  private static Map<String, BookTest.Answer> who(Reach reach, Evaluator evaluator, int test) {
    Question like = evaluator.book().tests().get(test).question();
    return reach.whoCan(like).accesses().stream()
        .collect(Collectors.toMap(a -> a.question().client().name(), a -> a.ruling().answer()));
  }

  @Test
  public void whatCanTellsPlacesOfOneClient() throws Exception {
    Reach reach = new Reach(OpenBook.open("book", BOOK));
    assertThat(rules(reach, "@ann"), is(Set.of("ssh", "web")));
    assertThat(rules(reach, "@cyd"), is(Set.of("web")));
    assertThat(rules(reach, "@bob"), not(hasItem("ssh")));
  }

  @Test
  public void whatIsNotFoundInTimeIsLeftAwayAndSaidToBe() throws Exception {
    Reach reach = new Reach(OpenBook.open("book", BOOK));
    Reach.Reached none = reach.whatCan(AtSign.of("@ann"), 0);
    assertThat(none.accesses().isEmpty(), is(true));
    assertThat(none.complete(), is(false));
    assertThat(reach.whatCan(AtSign.of("@ann")).complete(), is(true));
  }

  private static Set<String> rules(Reach reach, String client) {
    return reach.whatCan(AtSign.of(client)).accesses().stream()
        .map(access -> access.ruling().rule())
        .collect(Collectors.toSet());
  }

  @Test
  public void whatWasDecidedIsReplayedAgainstOtherRules() throws Exception {
    List<ReplayDecisions.Past> log = new ArrayList<>();
    RandomBook book = new RandomBook(7);
    Evaluator before = OpenBook.open("before", book.text);
    Evaluator after = OpenBook.open("after", "format: 1\n");
    long permitted = 0;
    for (int i = 0; i < 5_000; i++) {
      Question question = book.question();
      log.add(new ReplayDecisions.Past(question, before.decide(question)));
      permitted += log.get(i).ruling().answer() == BookTest.Answer.DENY ? 0 : 1;
    }
    assertThat(ReplayDecisions.replay(log.iterator(), before).differing(), is(0L));
    ReplayDecisions.Replayed replayed = ReplayDecisions.replay(log.iterator(), after);
    assertThat(replayed.asked(), is(5_000L));
    assertThat(replayed.differing(), is(permitted));
    assertThat(replayed.differences().get(0).now().rule(), is(Ruling.DEFAULT_DENY));
  }
}
