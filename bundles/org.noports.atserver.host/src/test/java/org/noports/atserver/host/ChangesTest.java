package org.noports.atserver.host;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.regex.Pattern;
import org.junit.Rule;
import org.junit.Test;

/** How an owner's devices hear that something has changed, and read what (atprotocol.md 4.4). */
public class ChangesTest {
  @Rule public final TestHost host = new TestHost();

  private static Pattern told(String commit) {
    return Pattern.compile(
        "notification: \\{\"id\":\"-1\",\"from\":\"@alice\",\"to\":\"@alice\","
            + "\"key\":\"statsNotification.@alice\",\"value\":\""
            + commit
            + "\",\"operation\":\"update\",\"epochMillis\":\\d+,"
            + "\"messageType\":\"MessageType.key\",\"isEncrypted\":false,\"metadata\":null\\}\n");
  }

  @Test
  public void aMonitorIsToldOfEachChange() {
    Line monitor = monitor("monitor only.this");
    Line other = host.owner(TestHost.ALICE);
    String commit = other.data("update:x.ns@alice 1");
    monitor.expectMatch(told(commit));
    commit = other.data("delete:x.ns@alice");
    monitor.expectMatch(told(commit));
  }

  @Test
  public void aMonitorIsToldOfTheLastCommitNowAndThen() {
    host.restart("statsSeconds", 1);
    Line monitor = monitor("monitor");
    monitor.expectMatch(told("3"));
    monitor.expectMatch(told("3"));
  }

  @Test
  public void aMonitorThatIsStrictHearsOnlyWhatItAskedFor() {
    Line monitor = monitor("monitor:strict only.this");
    Line other = host.owner(TestHost.ALICE);
    other.data("update:x.ns@alice 1");
    other.data("notify:@alice:only.this@alice:1");
    monitor.expectMatch(Pattern.compile("notification: \\{.*only\\.this@alice.*\n"));
  }

  @Test
  public void nothingIsToldWhereItIsSwitchedOff() {
    host.restart("statsSeconds", -1);
    Line monitor = monitor("monitor");
    Line other = host.owner(TestHost.ALICE);
    other.data("update:x.ns@alice 1");
    other.data("notify:@alice:after.this@alice:1");
    monitor.expectMatch(Pattern.compile("notification: \\{.*after\\.this@alice.*\n"));
  }

  @Test
  public void aSyncComesInPagesUntilThereIsNoMore() {
    Line owner = host.owner(TestHost.ALICE);
    for (int i = 0; i < 60; i++) {
      owner.data("update:key" + i + ".ns@alice " + i);
    }
    assertEquals(25, entries(owner.data("sync:from:3:limit:100")));
    assertEquals(25, entries(owner.data("sync:from:28:limit:100")));
    assertEquals(10, entries(owner.data("sync:from:53:limit:100")));
    assertEquals("[]", owner.data("sync:from:63:limit:100"));
  }

  @Test
  public void aPageHoldsFiveMebibytesButAtLeastOneEntry() {
    Line owner = host.owner(TestHost.ALICE);
    owner.data("update:small1.ns@alice 1");
    owner.data("update:large.ns@alice " + "x".repeat(5_300_000));
    owner.data("update:small2.ns@alice 1");
    assertEquals(1, entries(owner.data("sync:from:3")));
    owner.send("sync:from:4");
    String page = owner.readLine();
    assertTrue(page.length() > 5_300_000);
    assertEquals(1, entries(page));
    assertEquals(1, entries(owner.data("sync:from:5")));
  }

  @Test
  public void aDeviceThatWasAwayForLongHearsOfWhatThereIs() {
    Line owner = host.owner(TestHost.ALICE);
    owner.data("update:old.ns@alice 1");
    owner.data("update:gone.ns@alice 1");
    owner.data("update:new.ns@alice 1");
    owner.data("delete:gone.ns@alice");
    FakeAtSignStore space =
        (FakeAtSignStore)
            host.store.open(TestHost.ALICE).toCompletableFuture().join().orElseThrow();
    space.forgetDeletions();
    String page = owner.data("sync:from:4");
    assertEquals(1, entries(page));
    assertTrue(page, page.contains("\"atKey\":\"new.ns@alice\""));
  }

  private Line monitor(String command) {
    Line monitor = host.owner(TestHost.ALICE);
    monitor.send(command);
    monitor.send("noop:0");
    monitor.expect("data:ok\n");
    return monitor;
  }

  private static int entries(String page) {
    return page.split("\"atKey\":", -1).length - 1;
  }
}
