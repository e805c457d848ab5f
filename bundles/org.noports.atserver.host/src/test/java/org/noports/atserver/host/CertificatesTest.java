package org.noports.atserver.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;
import static org.noports.atserver.host.TestHost.ALICE;
import static org.noports.atserver.host.TestHost.BOB;

import java.io.File;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.testkit.tls.TestCa;
import org.noports.testkit.tls.TestIdentity;
import org.noports.transport.TlsIdentity;

/** Certificates between atServers (atprotocol.md 1.2): who may speak for whom. */
public class CertificatesTest {
  private static final String REFUSED = "error:AT0401-Exception: Certificate Verification Failed: ";
  private static final AtSign CAROL = AtSign.of("@carol");

  @Rule public final TestHost host = new TestHost();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private String from(AtSign claimed, Line line) {
    line.send("from:" + claimed);
    return line.read();
  }

  @Test
  public void whoeverShowsNoCertificateSpeaksForNobodyElse() {
    Line line = host.stranger(ALICE);
    assertThat(from(BOB, line), equalTo(REFUSED + "no client certificate was shown\n@"));
    line.send("pol");
    assertThat(line.read(), startsWith("error:AT0011-"));
  }

  @Test
  public void anOwnerNeedsNoCertificate() {
    host.owner(ALICE);
  }

  @Test
  public void aCertificateMustBeForTheHostThatTheAtDirectoryNames() {
    host.directory.register(CAROL, new HostPort("one.carol.test", 6464));
    for (String named : List.of("one.carol.test", "*.carol.test", "ONE.Carol.Test")) {
      Line line = host.atServer(ALICE, host.settings.identity(named));
      assertThat(from(CAROL, line), startsWith("data:proof:_"));
    }
    for (String named :
        List.of(
            "localhost",
            "carol.test",
            "*.test",
            "x.one.carol.test",
            "one.carol.test.evil.test",
            "evil-one.carol.test",
            "*.one.carol.test")) {
      Line line = host.atServer(ALICE, host.settings.identity(named));
      assertThat(
          named,
          from(CAROL, line),
          equalTo(REFUSED + "the client certificate is not for one.carol.test\n@"));
    }
  }

  @Test
  public void aCertificateOfAnotherAuthorityCountsForNothing() throws Exception {
    File elsewhere = folder.newFolder();
    TestIdentity shown = new TestCa(elsewhere.toPath(), "evil").issue("x", "localhost");
    Line line = host.atServer(ALICE, new TlsIdentity(shown.chain(), shown.key()));
    assertThat(from(BOB, line), equalTo(REFUSED + "the client certificate is not trusted\n@"));
    line.authenticate(ALICE);
  }

  @Test
  public void anAtSignThatTheAtDirectoryDoesNotKnowHasNoHost() {
    Line line = host.atServer(ALICE, host.settings.identity());
    assertThat(from(CAROL, line), containsString("the atDirectory names no atServer for @carol"));
  }

  @Test
  public void aRefusalTakesBackWhatWasAskedBefore() {
    Line line = host.atServer(ALICE, host.settings.identity());
    assertThat(from(BOB, line), startsWith("data:proof:_"));
    assertThat(from(CAROL, line), startsWith(REFUSED));
    line.send("pol");
    assertThat(line.read(), startsWith("error:AT0011-"));
  }

  /** The hole in pol: whoever is called by alice can pass on what bob asks of alice. */
  @Test
  public void anAtServerThatIsCalledCannotPassItsCallersProofOn() throws Exception {
    TlsIdentity mallorys = host.settings.identity("mallory.test");
    Line atBob = host.atServer(BOB, mallorys);
    assertThat(from(ALICE, atBob), startsWith(REFUSED));
    host.settings.with("clientCertificateRequired", false);
    host.host.modified(host.settings.config());
    TestHost.await(() -> from(ALICE, atBob).startsWith("data:proof:"));
    atBob.send("from:@alice");
    String[] asked = atBob.read().replace("\n@", "").split(":");
    // What alice's own atServer would do for mallory's: the session's name is all she sees.
    Line alice = host.owner(ALICE);
    String key = alice.data("llookup:@alice:signing_privatekey@alice");
    alice.data(
        "update:public:"
            + asked[2]
            + " "
            + org.noports.atserver.host.tenant.SigningKeys.sign(key, asked[3]));
    atBob.send("pol");
    atBob.expect("@alice@");
  }

  @Test
  public void whoeverIsRefusedIsAudited() {
    List<String> events = new CopyOnWriteArrayList<>();
    host.host.bindAudit(event -> events.add(event.event() + " " + event.details().get("by")));
    from(BOB, host.stranger(ALICE));
    assertThat(events, hasItem("authentication-failed certificate"));
  }
}
