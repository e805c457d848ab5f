package org.noports.atserver.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.noports.atserver.host.TestHost.ALICE;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.health.Health;
import org.noports.transport.TlsIdentity;

/** Certificates that are renewed under a running host. */
public class CertificateReloadTest {
  @Rule public final TestHost host = new TestHost();

  private BigInteger shown() {
    try (Line line = host.stranger(ALICE)) {
      return line.shown().getSerialNumber();
    }
  }

  private static void replace(Path file, Path by) throws IOException {
    Files.copy(by, file, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  public void newHandShakesGetTheNewChainAndOldConnectionsGoOn() throws Exception {
    Line old = host.owner(ALICE);
    BigInteger before = shown();
    TlsIdentity fresh = host.settings.identity("localhost");
    TlsIdentity used = host.settings.identity();
    assertThat(fresh.chain(), not(equalTo(used.chain())));
    replace(used.chain(), fresh.chain());
    replace(used.key(), fresh.key());
    TestHost.await(() -> !shown().equals(before));
    old.send("noop:0");
    old.expect("data:ok\n@alice@");
    assertThat(host.host.check().status(), equalTo(Health.Status.OK));
    // What is shown to other atServers is renewed, too: bob's lets alice's in.
    host.owner(ALICE).data("notify:@bob:hello.ns@alice:hi");
  }

  @Test
  public void aBrokenFileKeepsTheOldOneAndIsNamedUntilItIsMended() throws Exception {
    BigInteger before = shown();
    TlsIdentity used = host.settings.identity();
    byte[] good = Files.readAllBytes(used.chain());
    Files.writeString(used.chain(), "-----BEGIN CERTIFICATE-----\nnonsense");
    TestHost.await(() -> host.host.check().status() == Health.Status.DEGRADED);
    assertThat(host.host.check().message(), containsString(used.chain().toString()));
    assertThat(shown(), equalTo(before));
    Files.write(used.chain(), good);
    TestHost.await(() -> host.host.check().status() == Health.Status.OK);
  }

  @Test
  public void aCertificateWhoseKeyHasNotComeYetIsNotUsed() throws Exception {
    BigInteger before = shown();
    TlsIdentity used = host.settings.identity();
    TlsIdentity fresh = host.settings.identity("localhost");
    replace(used.chain(), fresh.chain());
    TestHost.await(() -> host.host.check().status() == Health.Status.DEGRADED);
    assertThat(host.host.check().message(), containsString("the key is not the certificate's"));
    assertThat(shown(), equalTo(before));
    replace(used.key(), fresh.key());
    TestHost.await(() -> host.host.check().status() == Health.Status.OK);
    assertThat(shown(), not(equalTo(before)));
  }
}
