package org.noports.atserver.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.startsWith;
import static org.noports.atserver.host.TestHost.ALICE;
import static org.noports.atserver.host.TestHost.BOB;

import org.junit.Rule;
import org.junit.Test;

/** What one atSign can have, and that others have theirs. */
public class QuotasTest {
  private static final String NO_ROOM = "error:AT0002-DataStore exception : the quota of ";

  @Rule public final TestHost host = new TestHost();

  private void quota(String key, int value) {
    host.stop();
    host.settings.with(key, value);
    host.start();
  }

  private String said(Line line, String command) {
    line.send(command);
    return line.read();
  }

  /** Updates until one is refused; how many were not. */
  private int fill(Line alice, String value, int most) {
    for (int i = 0; i < most; i++) {
      String answer = said(alice, "update:fill" + i + ".ns@alice " + value);
      if (!answer.startsWith("data:")) {
        assertThat(answer, startsWith(NO_ROOM));
        return i;
      }
    }
    return most;
  }

  @Test
  public void anAtSignStoresNoMoreKeysThanItsQuotaAndMayDeleteSome() {
    quota("keysLimit", 50);
    Line alice = host.owner(ALICE);
    int written = fill(alice, "x", 100);
    assertThat(written, greaterThan(30));
    assertThat(written, lessThanOrEqualTo(50));
    alice.data("delete:fill0.ns@alice");
    alice.data("delete:fill1.ns@alice");
    // Counting anew takes a moment of a pause.
    TestHost.await(() -> said(alice, "update:fill0.ns@alice y").startsWith("data:"));
    host.owner(BOB).data("update:free.ns@bob x");
  }

  @Test
  public void writingOneKeyAgainAndAgainReachesNoQuota() {
    quota("keysLimit", 50);
    Line alice = host.owner(ALICE);
    for (int i = 0; i < 120; i++) {
      TestHost.await(() -> said(alice, "update:same.ns@alice x").startsWith("data:"));
    }
  }

  @Test
  public void anAtSignStoresNoMoreBytesThanItsQuota() {
    quota("megabytesLimit", 1);
    Line alice = host.owner(ALICE);
    int written = fill(alice, "x".repeat(100_000), 20);
    assertThat(written, greaterThan(7));
    assertThat(written, lessThanOrEqualTo(10));
    alice.data("delete:fill0.ns@alice");
    assertThat(alice.longData("llookup:fill1.ns@alice").length(), equalTo(100_000));
  }

  @Test
  public void aReceiverThatIsAwayHoldsSoManyNotificationsAndNoMore() {
    quota("queuedLimit", 10);
    host.directory.remove(BOB);
    Line alice = host.owner(ALICE);
    for (int i = 0; i < 10; i++) {
      alice.data("notify:@bob:n" + i + ".ns@alice:hi");
    }
    assertThat(
        said(alice, "notify:@bob:more.ns@alice:hi"),
        startsWith("error:AT0028-Too Many Requests : 10 notifications wait"));
    alice.data("notify:@alice:own.ns@alice:hi");
    alice.data("update:mine.ns@alice x");
  }

  @Test
  public void aStoreThatWasFullBeforeARestartIsFullAfterIt() {
    quota("keysLimit", 20);
    fill(host.owner(ALICE), "x", 30);
    host.stop();
    host.start();
    assertThat(said(host.owner(ALICE), "update:another.ns@alice x"), startsWith(NO_ROOM));
  }
}
