package org.noports.atserver.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.noports.atserver.host.TestHost.ALICE;
import static org.noports.atserver.host.TestHost.BOB;

import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.store.AtSignStore;

/** From one atSign to another atSign's monitor, over the wire between their atServers. */
public class NotificationsTest {
  @Rule public final TestHost host = new TestHost();

  private Line monitorOfBob(String command) {
    Line monitor = host.owner(BOB);
    monitor.send(command);
    monitor.send("noop:0");
    monitor.expect("data:ok\n");
    return monitor;
  }

  @Test
  public void aNotificationReachesTheOtherAtSignsMonitor() {
    Line monitor = monitorOfBob("monitor .*");
    Line alice = host.owner(ALICE);
    String id = alice.data("notify:ivNonce:AAAA==:ttl:10000:@bob:d1.sshnp@alice:Q2lwaGVy==");
    String heard = monitor.read();
    assertThat(heard, startsWith("notification: {\"id\":\"" + id + "\",\"from\":\"@alice\""));
    assertThat(heard, containsString("\"key\":\"@bob:d1.sshnp@alice\",\"value\":\"Q2lwaGVy==\""));
    assertThat(heard, containsString("\"isEncrypted\":true"));
    assertThat(heard, containsString("\"ivNonce\":\"AAAA==\""));
    TestHost.await(() -> alice.data("notify:status:" + id).equals("delivered"));
  }

  @Test
  public void aTextReachesTheOtherAtSignsMonitorUnencrypted() {
    Line monitor = monitorOfBob("monitor");
    host.owner(ALICE).data("notify:messageType:text:@bob:hello there");
    String heard = monitor.read();
    assertThat(heard, containsString("\"key\":\"@bob:hello there\",\"value\":null"));
    assertThat(heard, containsString("\"messageType\":\"MessageType.text\",\"isEncrypted\":false"));
  }

  @Test
  public void manyNotificationsArriveInTheirOrderAndOnce() {
    Line monitor = monitorOfBob("monitor .*");
    Line alice = host.owner(ALICE);
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      sent.add(alice.data("notify:@bob:d" + i + ".sshnp@alice:x"));
    }
    StringBuilder heard = new StringBuilder();
    while (heard.chars().filter(c -> c == '\n').count() < 100) {
      heard.append(monitor.read());
    }
    List<String> ids =
        heard
            .toString()
            .lines()
            .map(line -> line.replaceAll(".*\\{\"id\":\"([^\"]*)\".*", "$1"))
            .toList();
    assertThat(ids, equalTo(sent));
  }

  @Test
  public void aMonitorHearsOnlyWhatItsExpressionFinds() {
    Line monitor = monitorOfBob("monitor d1.sshnp");
    Line alice = host.owner(ALICE);
    alice.data("notify:@bob:other.ns@alice:x");
    String id = alice.data("notify:@bob:d1.sshnp@alice:y");
    assertThat(monitor.read(), containsString(id));
  }

  @Test
  public void aMonitorThatComesLaterHearsWhatItMissed() {
    Line alice = host.owner(ALICE);
    String id = alice.data("notify:@bob:d1.sshnp@alice:x");
    TestHost.await(() -> alice.data("notify:status:" + id).equals("delivered"));
    Line monitor = host.owner(BOB);
    monitor.send("monitor:selfNotifications:0 .*");
    assertThat(monitor.read(), containsString(id));
  }

  @Test
  public void aStoredSharedValueIsAnnouncedToItsReader() {
    Line monitor = monitorOfBob("monitor .*");
    Line alice = host.owner(ALICE);
    alice.data("update:isEncrypted:true:ivNonce:AAAA==:@bob:phone.wavi@alice c2VjcmV0");
    assertThat(
        monitor.read(), containsString("\"key\":\"@bob:phone.wavi@alice\",\"value\":\"c2VjcmV0\""));
    alice.data("delete:@bob:phone.wavi@alice");
    assertThat(
        monitor.read(),
        containsString(
            "\"key\":\"@bob:phone.wavi@alice\",\"value\":null,\"operation\":\"delete\""));
  }

  @Test
  public void aReceiverThatIsAwayHearsItWhenItIsBackAndInOrder() {
    HostPort bobs = host.addressOf(BOB);
    host.directory.remove(BOB);
    Line alice = host.owner(ALICE);
    String first = alice.data("notify:@bob:d1.sshnp@alice:x");
    String second = alice.data("notify:@bob:d2.sshnp@alice:x");
    assertThat(alice.data("notify:status:" + first), equalTo("queued"));
    Line monitor = monitorOfBob("monitor .*");
    host.directory.register(BOB, bobs);
    StringBuilder heard = new StringBuilder();
    while (heard.chars().filter(c -> c == '\n').count() < 2) {
      heard.append(monitor.read());
    }
    assertThat(heard.indexOf(first) < heard.indexOf(second), equalTo(true));
  }

  @Test
  public void whatHasExpiredIsNeverDelivered() {
    HostPort bobs = host.addressOf(BOB);
    host.directory.remove(BOB);
    Line alice = host.owner(ALICE);
    String late = alice.data("notify:ttln:1:@bob:late.sshnp@alice:x");
    TestHost.await(() -> alice.data("notify:status:" + late).equals("expired"));
    Line monitor = monitorOfBob("monitor .*");
    host.directory.register(BOB, bobs);
    String inTime = alice.data("notify:@bob:intime.sshnp@alice:x");
    String heard = monitor.read();
    assertThat(heard, containsString(inTime));
  }

  @Test
  public void whatWasDeliveredLeavesTheQueue() {
    Line alice = host.owner(ALICE);
    String id = alice.data("notify:@bob:d1.sshnp@alice:x");
    TestHost.await(() -> alice.data("notify:status:" + id).equals("delivered"));
    AtSignStore alices = host.store.open(ALICE).toCompletableFuture().join().orElseThrow();
    TestHost.await(() -> alices.queued().toCompletableFuture().join() == 0);
  }

  @Test
  public void whatAReceiverRefusesIsGivenUpAndHoldsUpNobody() throws Exception {
    Line monitor = monitorOfBob("monitor .*");
    Line alice = host.owner(ALICE);
    // To the receiver's atServer this is a notification for somebody else.
    AtSign carol = AtSign.of("@carol");
    host.directory.register(carol, host.addressOf(BOB));
    String refused = alice.data("notify:@carol:d1.sshnp@alice:x");
    TestHost.await(() -> alice.data("notify:status:" + refused).equals("errored"));
    String heard = alice.data("notify:@bob:d2.sshnp@alice:x");
    assertThat(monitor.read(), containsString(heard));
  }

  @Test
  public void aPeerCannotChooseUnderWhichNameItsChallengeIsAnswered() throws Exception {
    Line alice = host.owner(ALICE);
    alice.data("update:public:_apsk.primary.a.__e@alice MIIB");
    for (String name : List.of("publickey", "_apsk.primary.a.__e", "signing_publickey")) {
      String before = alice.data("llookup:public:" + name + "@alice");
      try (FalsePeer mallory = new FalsePeer(host.settings.identity())) {
        mallory.answers("from:@alice", "data:proof:" + name + "@alice:sign-this");
        host.directory.register(AtSign.of("@mallory"), mallory.address());
        alice.send("lookup:anything@mallory");
        assertThat(alice.read(), startsWith("error:AT0008-"));
      }
      assertThat(alice.data("llookup:public:" + name + "@alice"), equalTo(before));
    }
  }

  @Test
  public void ofANotifiersLatestOnlyTheLastAreKeptForAReceiverThatIsAway() {
    HostPort bobs = host.addressOf(BOB);
    host.directory.remove(BOB);
    Line alice = host.owner(ALICE);
    String latest = "notify:strategy:latest:latestN:1:notifier:me:@bob:d1.sshnp@alice:x";
    String first = alice.data(latest);
    List<String> sent = new ArrayList<>();
    TestHost.await(
        () -> {
          sent.add(alice.data(latest));
          return alice.data("notify:status:" + first).equals("expired");
        });
    String end = alice.data("notify:@bob:end.sshnp@alice:x");
    Line monitor = monitorOfBob("monitor .*");
    host.directory.register(BOB, bobs);
    StringBuilder heard = new StringBuilder();
    while (heard.indexOf(end) < 0) {
      heard.append(monitor.read());
    }
    assertThat(heard.toString().lines().count(), equalTo(2L));
    assertThat(heard.toString(), containsString(sent.get(sent.size() - 1)));
  }
}
