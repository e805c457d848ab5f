package org.noports.atserver.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.noports.atserver.host.TestHost.ALICE;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.Rule;
import org.junit.Test;

/** What a client gets that sends on without waiting for answers. */
public class PipeliningTest {
  private static final Pattern HEARD = Pattern.compile("\"id\":\"([^\"]+)\"");

  @Rule public final TestHost host = new TestHost();

  private FakeAtSignStore disk() {
    return (FakeAtSignStore) host.store.open(ALICE).toCompletableFuture().join().orElseThrow();
  }

  private static String notify(String id) {
    return "notify:id:" + id + ":@alice:x.test@alice:value\n";
  }

  private static String notifications(int count) {
    StringBuilder commands = new StringBuilder();
    for (int i = 0; i < count; i++) {
      commands.append(notify("n" + i));
    }
    return commands.toString();
  }

  private static List<String> answers(int count) {
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      answers.add("data:n" + i + "\n@alice@");
    }
    return answers;
  }

  private static String hear(Line line, int lines) {
    StringBuilder heard = new StringBuilder();
    while (heard.chars().filter(c -> c == '\n').count() < lines) {
      heard.append(line.read());
    }
    return heard.toString();
  }

  @Test
  public void notificationsOfOneConnectionWaitForTheDiskTogether() {
    Line line = host.owner(ALICE);
    disk().hold();
    line.sendRaw(notifications(3));
    TestHost.await(() -> disk().held() == 3);
    disk().release();
    assertThat(hear(line, 3), equalTo(String.join("", answers(3))));
  }

  @Test
  public void monitorsHearThemInTheOrderInWhichTheyWereSent() {
    Line monitor = monitor();
    Line line = host.owner(ALICE);
    disk().hold();
    line.sendRaw(notifications(5));
    TestHost.await(() -> disk().held() == 5);
    disk().release();
    assertThat(ids(hear(monitor, 5)), equalTo(List.of("n0", "n1", "n2", "n3", "n4")));
  }

  @Test
  public void monitorsHearThemWhileTheDiskWritesAndWhoSentThemIsNotAnsweredBefore() {
    Line monitor = monitor();
    Line line = host.owner(ALICE);
    disk().hold();
    line.sendRaw(notify("n0"));
    assertThat(ids(hear(monitor, 1)), equalTo(List.of("n0")));
    line.sendRaw("noop:0\n");
    assertThat(disk().held(), equalTo(1));
    disk().release();
    assertThat(hear(line, 2), equalTo("data:n0\n@alice@data:ok\n@alice@"));
  }

  @Test
  public void aMonitorThatComesWhileTheDiskWritesHearsAllOnce() {
    Line monitor = monitor();
    Line line = host.owner(ALICE);
    disk().hold();
    line.sendRaw(notifications(2));
    hear(monitor, 2);
    Line late = host.owner(ALICE);
    late.send("monitor:selfNotifications:0 .*");
    line.sendRaw(notify("n2"));
    hear(monitor, 1);
    disk().release();
    hear(line, 3);
    line.sendRaw(notify("n3"));
    assertThat(ids(hear(late, 4)), equalTo(List.of("n0", "n1", "n2", "n3")));
  }

  private Line monitor() {
    Line monitor = host.owner(ALICE);
    monitor.send("monitor");
    monitor.send("noop:0");
    monitor.expect("data:ok\n");
    return monitor;
  }

  private static List<String> ids(String heard) {
    return HEARD.matcher(heard).results().map((MatchResult it) -> it.group(1)).toList();
  }

  @Test
  public void whatIsAskedBehindThemKnowsOfThem() {
    Line line = host.owner(ALICE);
    disk().hold();
    line.sendRaw(notify("n0") + "notify:status:n0\n");
    TestHost.await(() -> disk().held() == 1);
    disk().release();
    assertThat(hear(line, 2), equalTo("data:n0\n@alice@data:delivered\n@alice@"));
  }

  @Test
  public void aPeerThatEndsItsSideIsStillAnswered() {
    Line line = host.owner(ALICE);
    disk().hold();
    line.sendRaw(notifications(2));
    line.endOutput();
    TestHost.await(() -> disk().held() == 2);
    disk().release();
    assertThat(hear(line, 2), equalTo(String.join("", answers(2))));
    assertThat(line.read(), equalTo(""));
  }

  @Test
  public void manyAnswersShareWritesAndNoneIsCut() {
    Line line = host.owner(ALICE);
    disk().hold();
    line.sendRaw(notifications(200));
    TestHost.await(() -> disk().held() == 200);
    disk().release();
    StringBuilder heard = new StringBuilder();
    int pieces = 0;
    while (heard.chars().filter(c -> c == '\n').count() < 200) {
      String piece = line.read();
      assertThat(piece, endsWith("\n@alice@"));
      heard.append(piece);
      pieces++;
    }
    assertThat(pieces, lessThan(100));
    assertThat(heard.toString(), equalTo(String.join("", answers(200))));
  }
}
