package org.noports.atserver.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.noports.atserver.host.TestHost.ALICE;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.store.StoreEntry;
import org.noports.testkit.TestClock;

/** Notifications to oneself that come without an id while the store is busy. */
public class GatheredNotificationsTest {
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final Pattern ANSWER = Pattern.compile("data:(\\S+)");
  private static final int COUNT = 20;

  private final TestClock clock = new TestClock(Instant.parse("2030-01-01T00:00:00Z"));

  @Rule public final TestHost host = new TestHost(new FakeAtStore(clock));

  private FakeAtSignStore disk() {
    return (FakeAtSignStore) host.store.open(ALICE).toCompletableFuture().join().orElseThrow();
  }

  private List<StoreEntry> rows() {
    return disk().scan("~in:", Optional.empty(), 1000).toCompletableFuture().join();
  }

  private Line monitor() {
    Line monitor = host.owner(ALICE);
    monitor.send("monitor");
    monitor.send("noop:0");
    monitor.expect("data:ok\n");
    return monitor;
  }

  private static String hear(Line line, int lines) {
    StringBuilder heard = new StringBuilder();
    while (heard.chars().filter(c -> c == '\n').count() < lines) {
      heard.append(line.read());
    }
    return heard.toString();
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult it) -> it.group(1)).toList();
  }

  private static String notifications(int count) {
    StringBuilder commands = new StringBuilder();
    for (int i = 0; i < count; i++) {
      commands.append("notify:@alice:x").append(i).append(".test@alice:value\n");
    }
    return commands.toString();
  }

  /** The ids of notifications that were gathered into one row. */
  private List<String> gathered(Line line) {
    disk().hold();
    line.sendRaw(notifications(COUNT));
    TestHost.await(() -> disk().held() == 1);
    line.sendRaw("noop:0\n");
    disk().release();
    List<String> ids = found(ANSWER, hear(line, COUNT + 1));
    return ids.subList(0, COUNT);
  }

  @Test
  public void monitorsHearThemAtOnceAndWhoSentThemIsAnsweredWhenTheDiskHasThem() {
    Line monitor = monitor();
    Line line = host.owner(ALICE);
    disk().hold();
    line.sendRaw(notifications(COUNT));
    List<String> heard = found(ID, hear(monitor, COUNT));
    assertThat(rows(), hasSize(0));
    disk().release();
    assertThat(found(ANSWER, hear(line, COUNT)), equalTo(heard));
    assertThat(rows(), hasSize(1));
  }

  @Test
  public void whoComesLaterHearsEachOnceAndInOrder() {
    Line line = host.owner(ALICE);
    List<String> ids = new ArrayList<>(gathered(line));
    ids.add(line.data("notify:id:mine:@alice:y.test@alice:value"));
    ids.addAll(gathered(line));
    Line late = host.owner(ALICE);
    late.send("monitor:selfNotifications:0 .*");
    assertThat(found(ID, hear(late, 2 * COUNT + 1)), equalTo(ids));
  }

  @Test
  public void eachCanBeAskedForAndTakenOutAlone() {
    Line line = host.owner(ALICE);
    List<String> ids = gathered(line);
    String one = ids.get(7);
    assertThat(line.data("notify:fetch:" + one), containsString("x7.test@alice"));
    assertThat(line.data("notify:remove:" + one), equalTo("success"));
    assertThat(line.data("notify:fetch:" + one), not(containsString("x7.test@alice")));
    assertThat(line.data("notify:status:" + one), equalTo("delivered"));
    List<String> left = new ArrayList<>(ids);
    left.remove(one);
    assertThat(found(ID, line.longData("notify:list")), equalTo(left));
    left.forEach(id -> assertThat(line.data("notify:remove:" + id), equalTo("success")));
    assertThat(line.data("notify:list"), equalTo("null"));
    assertThat(rows(), hasSize(0));
  }

  @Test
  public void aRepeatOfAnIdThatWeGaveIsOneAlsoWhenItWasTakenOut() {
    Line line = host.owner(ALICE);
    List<String> ids = gathered(line);
    line.data("notify:remove:" + ids.get(3));
    Line monitor = monitor();
    for (String id : List.of(ids.get(3), ids.get(19))) {
      assertThat(line.data("notify:id:" + id + ":@alice:x.test@alice:value"), equalTo(id));
    }
    line.data("notify:id:other:@alice:x.test@alice:value");
    assertThat(found(ID, hear(monitor, 1)), equalTo(List.of("other")));
  }

  @Test
  public void eachOfARowIsThereUntilItExpires() {
    Line line = host.owner(ALICE);
    disk().hold();
    line.sendRaw("notify:ttln:1000:@alice:short.test@alice:a\n");
    line.sendRaw("notify:ttln:60000:@alice:long.test@alice:b\n");
    TestHost.await(() -> disk().held() == 1);
    line.sendRaw("noop:0\n");
    disk().release();
    List<String> ids = found(ANSWER, hear(line, 3));
    clock.advance(Duration.ofSeconds(2));
    assertThat(found(ID, line.data("notify:list")), equalTo(ids.subList(1, 2)));
    assertThat(line.data("notify:fetch:" + ids.get(0)), not(containsString("short.test")));
    assertThat(line.data("notify:status:" + ids.get(0)), equalTo("delivered"));
    clock.advance(Duration.ofMinutes(20));
    assertThat(line.data("notify:status:" + ids.get(1)), equalTo("null"));
  }

  @Test
  public void whatIsFarApartInTimeIsNotOneRowAndIsFound() {
    Line line = host.owner(ALICE);
    disk().hold();
    int rows = 0;
    for (long seconds : List.of(0L, 2L, -5L)) {
      clock.advance(Duration.ofSeconds(seconds));
      line.sendRaw("notify:@alice:at" + seconds + ".test@alice:value\n");
      int expected = ++rows;
      TestHost.await(() -> disk().held() == expected);
    }
    disk().release();
    List<String> ids = found(ANSWER, hear(line, 3));
    assertThat(rows(), hasSize(3));
    for (String id : ids) {
      assertThat(line.data("notify:fetch:" + id), containsString(id));
      assertThat(line.data("notify:status:" + id), equalTo("delivered"));
    }
  }

  @Test
  public void thoseOfAFailingStoreAreRefusedAndThoseBehindThemAreKept() {
    Line monitor = monitor();
    Line refused = host.owner(ALICE);
    Line line = host.owner(ALICE);
    disk().writesFail = true;
    refused.send("notify:@alice:lost.test@alice:value");
    assertThat(refused.read(), startsWith("error:AT0002-"));
    disk().writesFail = false;
    String id = line.data("notify:@alice:x.test@alice:value");
    assertThat(found(ID, hear(monitor, 1)), equalTo(List.of(id)));
    assertThat(rows(), hasSize(1));
  }

  @Test
  public void whileTheStoreIsNotSoundEachIsARowOfItsOwn() {
    Line line = host.owner(ALICE);
    disk().sound = false;
    disk().hold();
    line.sendRaw(notifications(3));
    TestHost.await(() -> disk().held() == 3);
    disk().release();
    List<String> ids = found(ANSWER, hear(line, 3));
    assertThat(rows(), hasSize(3));
    assertThat(line.data("notify:status:" + ids.get(1)), equalTo("delivered"));
  }
}
