package org.noports.policy.rules.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.policy.rules.book.BookTest;
import org.noports.policy.rules.engine.CompareBooks.Change;
import org.noports.policy.rules.engine.CompareBooks.Comparison;
import org.noports.policy.rules.question.Question;

/** Which accesses change, as far as that can be told without knowing what conditions will be. */
public final class CompareBooksTest {
  private static final String BEFORE =
      """
      format: 1
      groups: {staff: ["@ann", "@bob"]}
      rules:
        - {name: ssh, effect: permit, kinds: [tunnel], who: ["group:staff"], devices: ["@gate"], places: ["localhost:20-29"]}
      """;

  @Test
  public void aPortThatIsAddedIsWhatChangesAndNothingElse() throws Exception {
    List<Change> changes = changes(BEFORE, BEFORE.replace("20-29", "20-30"));
    assertThat(clients(changes), is(Set.of("@ann", "@bob")));
    assertThat(
        changes.stream()
            .map(change -> change.question().endpoint().orElseThrow().toString())
            .allMatch(endpoint -> endpoint.endsWith("port=30]")),
        is(true));
    assertThat(
        changes.stream().allMatch(c -> c.isCertain() && c.after().answer().name().equals("PERMIT")),
        is(true));
  }

  @Test
  public void whatIsLeftOutBesideARangeIsTold() throws Exception {
    Set<String> lost =
        changes(BEFORE.replace("20-29", "*"), BEFORE).stream()
            .filter(change -> change.after().answer() == BookTest.Answer.DENY)
            .map(change -> change.question().endpoint().orElseThrow().toString())
            .map(endpoint -> endpoint.replaceAll(".*port=|]", ""))
            .collect(Collectors.toSet());
    assertThat(lost, is(Set.of("1", "30")));
  }

  @Test
  public void whoeverLeavesAGroupLosesWhatItMay() throws Exception {
    List<Change> changes = changes(BEFORE, BEFORE.replace(", \"@bob\"", ""));
    assertThat(clients(changes), is(Set.of("@bob")));
    assertThat(changes.get(0).after().answer(), is(BookTest.Answer.DENY));
  }

  @Test
  public void anotherNameOrderOrLineChangesNothing() throws Exception {
    assertThat(changes(BEFORE, BEFORE.replace("name: ssh", "name: other")), is(List.of()));
    assertThat(changes(BEFORE, BEFORE.replace("rules:", "\n\nrules:")), is(List.of()));
  }

  @Test
  public void whatDependsOnAConditionIsToldAsSuch() throws Exception {
    List<Change> changes =
        changes(BEFORE, BEFORE.replace("name: ssh", "name: ssh, when: \"now.time < '12:00'\""));
    assertThat(clients(changes), is(Set.of("@ann", "@bob")));
    assertThat(changes.stream().noneMatch(Change::isCertain), is(true));
  }

  @Test
  public void booksByChanceThatAreSaidToBeAlikeAnswerAlikeAndChangesAreReal() throws Exception {
    int differing = 0;
    for (int seed = 0; seed < 24; seed++) {
      RandomBook book = new RandomBook(seed);
      Evaluator before = OpenBook.open("before", book.text);
      String text =
          book.text
              .replaceFirst("effect: permit", "effect: forbid")
              .replaceAll("    obligations.*\n", "");
      Evaluator after = OpenBook.open("after", seed % 2 == 0 ? text : book.text + "# the same\n");
      Comparison comparison = new CompareBooks(before, after).compare();
      for (int i = 0; i < 200; i++) {
        Question question = book.question();
        Ruling one = before.decide(question);
        Ruling two = after.decide(question);
        if (one.answer() != two.answer() || !one.obligations().equals(two.obligations())) {
          differing++;
          assertThat(seed + " " + question, tells(comparison, question), is(true));
        }
      }
      comparison.changes().stream()
          .filter(Change::isCertain)
          .limit(200)
          .forEach(
              change -> {
                assertThat(before.decide(change.question()), is(change.before()));
                assertThat(after.decide(change.question()), is(change.after()));
              });
    }
    assertThat(differing, greaterThan(50));
  }

  /** Whether a change is told of the same client and kind. */
  private static boolean tells(Comparison comparison, Question question) {
    AtSign client =
        question.client().name().equals("@stranger") ? Samples.ANYBODY : question.client();
    return !comparison.complete()
        || comparison.changes().stream()
            .map(Change::question)
            .anyMatch(told -> isAbout(told, client) && told.kind() == question.kind());
  }

  /** A client that no book names is told of as anybody. */
  private static boolean isAbout(Question told, AtSign client) {
    return told.client().equals(client) || told.client().equals(Samples.ANYBODY);
  }

  private static List<Change> changes(String before, String after) throws Exception {
    Comparison comparison =
        new CompareBooks(OpenBook.open("before", before), OpenBook.open("after", after)).compare();
    assertThat(comparison.complete(), is(true));
    return comparison.changes();
  }

  private static Set<String> clients(List<Change> changes) {
    return changes.stream().map(c -> c.question().client().name()).collect(Collectors.toSet());
  }
}
