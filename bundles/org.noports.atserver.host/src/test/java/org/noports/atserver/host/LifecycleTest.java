package org.noports.atserver.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertThrows;
import static org.noports.atserver.host.TestHost.ALICE;
import static org.noports.atserver.host.TestHost.BOB;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.StoreFailed;
import org.noports.api.health.Health;

/** The host through restarts, and through the coming and going of what it needs. */
public class LifecycleTest {
  @Rule public final TestHost host = new TestHost();

  @Test
  public void aRestartKeepsPortsValuesAndUndeliveredNotifications() {
    HostPort alices = host.addressOf(ALICE);
    HostPort bobs = host.addressOf(BOB);
    Line alice = host.owner(ALICE);
    alice.data("update:public:kept.ns@alice still here");
    host.directory.remove(BOB);
    String id = alice.data("notify:@bob:d1.sshnp@alice:x");
    host.stop();
    host.start();
    assertThat(host.addressOf(ALICE), equalTo(alices));
    assertThat(host.addressOf(BOB), equalTo(bobs));
    assertThat(host.owner(ALICE).data("llookup:public:kept.ns@alice"), equalTo("still here"));
    Line monitor = host.owner(BOB);
    monitor.send("monitor:0 .*");
    assertThat(monitor.read(), containsString(id));
  }

  @Test
  public void withoutAStoreCommandsAreRefusedByNameAndConnectionsGoOn() {
    Line alice = host.owner(ALICE);
    host.host.unbindStore(host.store);
    alice.send("llookup:public:publickey@alice");
    alice.expect(
        "error:AT0010-Internal server error : the store is not available now; try again later\n"
            + "@alice@");
    assertThat(host.host.check().status(), equalTo(Health.Status.DOWN));
    assertThrows(StoreFailed.class, () -> host.host.add(AtSign.of("@carol"), "MIIB", "MIIB"));
    host.host.bindStore(host.store);
    TestHost.await(() -> host.host.check().status() == Health.Status.OK);
    assertThat(alice.data("llookup:public:publickey@alice"), equalTo(Keys.ENCRYPTION.publicKey()));
  }

  @Test
  public void aMonitorThatCannotHearWhatItMissedIsRefusedAndMayAskAgain() {
    Line alice = host.owner(ALICE);
    String id = alice.data("notify:@bob:d1.sshnp@alice:x");
    TestHost.await(() -> alice.data("notify:status:" + id).equals("delivered"));
    FakeAtSignStore bobs =
        (FakeAtSignStore) host.store.open(BOB).toCompletableFuture().join().orElseThrow();
    Line bob = host.owner(BOB);
    bobs.scansFail = true;
    bob.send("monitor:0 .*");
    assertThat(bob.read(), startsWith("error:"));
    bobs.scansFail = false;
    Line again = host.owner(BOB);
    again.send("monitor:0 .*");
    assertThat(again.read(), containsString(id));
  }

  @Test
  public void aChangedAddressRebindsAndConnectionsGoOn() {
    Line alice = host.owner(ALICE);
    host.settings.with("bindAddress", "0.0.0.0").with("advertisedHost", "127.0.0.1");
    host.host.modified(host.settings.config());
    TestHost.await(() -> host.directory.all().get(ALICE).host().equals("127.0.0.1"));
    TestHost.await(() -> host.addressOf(ALICE).equals(host.directory.all().get(ALICE)));
    alice.send("noop:0");
    alice.expect("data:ok\n@alice@");
    host.owner(ALICE);
  }

  @Test
  public void aCertificateThatIsMissingIsReportedAndTheOldOneGoesOn() {
    Object certificate = host.settings.config().certificate();
    host.settings.with("certificate", "/nowhere/chain.pem");
    host.host.modified(host.settings.config());
    TestHost.await(() -> host.host.check().status() == Health.Status.DEGRADED);
    assertThat(host.host.check().message(), containsString("/nowhere/chain.pem"));
    host.stranger(ALICE);
    host.settings.with("certificate", certificate);
    host.host.modified(host.settings.config());
    TestHost.await(() -> host.host.check().status() == Health.Status.OK);
  }

  @Test
  public void anAtSignThatIsRemovedAnswersNoLonger() throws Exception {
    Line alice = host.owner(ALICE);
    assertThat(host.host.remove(ALICE), equalTo(true));
    alice.expect("");
    assertThat(host.host.remove(ALICE), equalTo(false));
    assertThat(host.directory.all().keySet(), not(hasItem(ALICE)));
  }

  @Test
  public void anAtSignThatWasRemovedComesBackWithWhatItHadUnlessItWasDeleted() throws Exception {
    host.owner(ALICE).data("update:public:kept.ns@alice still here");
    host.host.remove(ALICE);
    String authentication = Keys.AUTHENTICATION.publicKey();
    host.host.add(ALICE, authentication, Keys.ENCRYPTION.publicKey());
    assertThat(host.owner(ALICE).data("llookup:public:kept.ns@alice"), equalTo("still here"));
    host.host.remove(ALICE);
    assertThat(host.host.delete(ALICE), equalTo(true));
    assertThat(host.host.delete(ALICE), equalTo(false));
    host.host.add(ALICE, authentication, Keys.ENCRYPTION.publicKey());
    Line alice = host.owner(ALICE);
    alice.send("llookup:public:kept.ns@alice");
    assertThat(alice.read(), startsWith("error:AT0015-key not found"));
  }

  @Test
  public void addingAnAtSignAgainChangesNothing() throws Exception {
    HostPort before = host.addressOf(ALICE);
    assertThat(
        host.host.add(ALICE, Keys.AUTHENTICATION.publicKey(), Keys.ENCRYPTION.publicKey()),
        equalTo(before));
    assertThrows(IllegalArgumentException.class, () -> host.host.add(ALICE, "another", "another"));
    host.owner(ALICE);
  }

  @Test
  public void whoeverCannotShowWhoTheyAreIsAudited() {
    List<String> events = new CopyOnWriteArrayList<>();
    host.host.bindAudit(event -> events.add(event.event() + " " + event.details().get("atSign")));
    Line line = host.stranger(ALICE);
    line.data("from:@alice");
    line.send("pkam:AAAA");
    line.read();
    assertThat(events, equalTo(List.of("authentication-failed @alice")));
  }

  @Test
  public void portsAreGivenOutFromTheFirstOneAndStepOverTakenOnes() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress("127.0.0.1", 0));
      int first = taken.getLocalPort();
      host.stop();
      host.settings.with("firstPort", first);
      host.start();
      assertThat(host.addressOf(ALICE).port(), greaterThan(first));
      assertThat(host.addressOf(BOB).port(), greaterThan(first));
      HostPort alices = host.addressOf(ALICE);
      host.stop();
      host.start();
      assertThat(host.addressOf(ALICE), equalTo(alices));
    }
  }
}
