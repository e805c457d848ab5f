package org.noports.atserver.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.noports.atserver.host.TestHost.ALICE;
import static org.noports.atserver.host.TestHost.BOB;

import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.HostPort;

/** Many atSigns behind one TLS port, told apart by the server name. */
public class SharedPortTest {
  private static final AtSign EMOJI = AtSign.of("@bob_\uD83D\uDEE0");

  @Rule public final TestHost host = new TestHost();

  @Before
  public void shareAPort() throws Exception {
    host.stop();
    host.settings.with("domain", Settings.DOMAIN).with("sharedPort", 0);
    host.start();
  }

  private Line caller(String serverName) {
    return host.caller(host.addressOf(BOB), Optional.of(serverName));
  }

  @Test
  public void eachAtSignAnswersAtItsOwnNameOnTheOnePort() throws Exception {
    host.host.add(EMOJI, Keys.AUTHENTICATION.publicKey(), Keys.ENCRYPTION.publicKey());
    assertThat(host.addressOf(ALICE).host(), equalTo("alice.hub.test"));
    assertThat(host.addressOf(BOB), equalTo(new HostPort("bob.hub.test", port())));
    assertThat(
        host.addressOf(EMOJI), equalTo(new HostPort("u-bob-5f-f0-9f-9b-a0.hub.test", port())));
    assertThat(host.directory.all().get(EMOJI), equalTo(host.addressOf(EMOJI)));
    host.owner(ALICE);
    host.owner(BOB);
    host.owner(EMOJI);
  }

  private int port() {
    return host.addressOf(ALICE).port();
  }

  @Test
  public void theCaseOfAServerNameDoesNotMatter() {
    Line line = caller("ALICE.Hub.test");
    line.expect("@");
    line.authenticate(ALICE);
  }

  @Test
  public void whoeverSendsNoNameIsToldWhyAndSentAway() {
    Line line = host.caller(host.addressOf(ALICE), Optional.empty());
    String heard = line.read();
    assertThat(heard, startsWith("error:AT0007-Exception: no server name : "));
    assertThat(heard, containsString("a port of the atSign's own"));
    line.expect("");
  }

  @Test
  public void whoeverSendsAnUnknownNameIsToldWhyAndSentAway() {
    for (String name : new String[] {"carol.hub.test", "alice.other.test", "hub.test", "alice"}) {
      Line line = caller(name);
      assertThat(line.read(), startsWith("error:AT0007-Exception: unknown server name : "));
      line.expect("");
    }
  }

  @Test
  public void twoAtSignsBehindOnePortTalkAsTwoOfDifferentProcessesDo() {
    Line bob = host.owner(BOB);
    bob.send("monitor");
    Line alice = host.owner(ALICE);
    alice.data("notify:@bob:hello.ns@alice:hi");
    assertThat(bob.read(), startsWith("notification: "));
    alice.data("update:@bob:shared.ns@alice for bob");
    assertThat(host.owner(BOB).data("lookup:shared.ns@alice"), equalTo("for bob"));
  }

  @Test
  public void anAtSignMayAskForAPortOfItsOwnAndGiveItBack() throws Exception {
    Line before = host.owner(ALICE);
    HostPort own = host.host.ownPort(ALICE, 0);
    assertThat(own.host(), equalTo("localhost"));
    assertThat(host.directory.all().get(ALICE), equalTo(own));
    host.caller(own, Optional.empty()).expect("@");
    assertThat(caller("alice.hub.test").read(), startsWith("error:AT0007-"));
    before.send("noop:0");
    before.expect("data:ok\n@alice@");
    host.stop();
    host.start();
    assertThat(host.addressOf(ALICE), equalTo(own));
    HostPort shared = host.host.sharedPort(ALICE);
    assertThat(shared.host(), equalTo("alice.hub.test"));
    host.owner(ALICE);
  }

  @Test
  public void atSignsComeAndGoWhileOthersGoOn() throws Exception {
    AtSign carol = AtSign.of("@carol");
    Line alice = host.owner(ALICE);
    host.host.add(carol, Keys.AUTHENTICATION.publicKey(), Keys.ENCRYPTION.publicKey());
    Line hers = host.owner(carol);
    assertThat(host.host.remove(carol), equalTo(true));
    hers.expect("");
    assertThat(caller("carol.hub.test").read(), startsWith("error:AT0007-"));
    assertThat(host.directory.all().containsKey(carol), equalTo(false));
    alice.send("noop:0");
    alice.expect("data:ok\n@alice@");
  }

  @Test
  public void aDomainThatComesAndGoesMovesEverybodyAndEndsNoConnection() {
    Line alice = host.owner(ALICE);
    HostPort shared = host.addressOf(ALICE);
    host.settings.with("domain", "");
    host.host.modified(host.settings.config());
    TestHost.await(() -> host.directory.all().get(BOB).host().equals("localhost"));
    assertThat(host.addressOf(ALICE).port(), not(equalTo(shared.port())));
    alice.send("noop:0");
    alice.expect("data:ok\n@alice@");
    host.owner(BOB);
  }
}
