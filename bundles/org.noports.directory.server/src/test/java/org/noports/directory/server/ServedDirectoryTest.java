package org.noports.directory.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.StoreFailed;
import org.noports.api.health.Health;
import org.noports.testkit.Eventually;
import org.noports.testkit.tls.TestIdentity;
import org.noports.testkit.tls.TlsLine;

/** Records, settings and certificates that change while clients are there. */
public class ServedDirectoryTest extends DirectoryFixture {
  private static final AtSign BOB = AtSign.of("@bob");

  @Test
  public void aRegisteredRecordIsInTheFileAndARemovedOneIsNot() throws Exception {
    directory.register(BOB, new HostPort("localhost", 2));
    assertThat(Files.readAllLines(records), hasItem("@bob = localhost:2"));
    assertThat(directory.remove(BOB), is(true));
    assertThat(directory.remove(BOB), is(false));
    assertThat(Files.readAllLines(records), is(List.of("@alice = 1b5e0a8c.example.net:6943")));
    assertThat(directory.all().keySet(), is(java.util.Set.of(ALICE)));
  }

  @Test
  public void registeringKeepsRemarksAndTheOrderOfLines() throws Exception {
    Files.write(
        records, List.of("# ours", "@alice = old:1", "", "bob=localhost:2", "Carol = [::1]:3"));

    directory.register(ALICE, HOME);

    assertThat(
        Files.readAllLines(records),
        is(List.of("# ours", "@alice = " + HOME, "", "bob=localhost:2", "Carol = [::1]:3")));
    assertThat(directory.all().get(AtSign.of("@carol")), is(new HostPort("::1", 3)));
  }

  @Test
  public void anEditedFileIsReadWithoutARestart() throws Exception {
    try (TlsLine line = connect()) {
      assertThat(line.read(), is("@"));
      Files.write(records, List.of("@bob = localhost:7"), StandardOpenOption.APPEND);
      eventually(() -> directory.all().containsKey(BOB));
      assertThat(ask(line, "bob"), is("localhost:7\r\n@"));
    }
  }

  @Test
  public void aBrokenFileIsNamedAndWhatItSaidBeforeCountsUntilItIsMended() throws Exception {
    Files.write(records, List.of("@bob = localhost:7", "what is this", "@x = host:99999"));
    eventually(() -> directory.check().status() == Health.Status.DEGRADED);

    String said = directory.check().message();

    assertThat(said, containsString("line 2 is wrong: expected 'atSign = host:port'"));
    assertThat(said, containsString("line 3 is wrong"));
    assertThat(said, containsString("what it said before counts"));
    assertThat(directory.all(), is(Map.of(ALICE, HOME)));
    StoreFailed refused = assertThrows(StoreFailed.class, () -> directory.register(BOB, HOME));
    assertThat(refused.getMessage(), containsString("mend it first: line 2 is wrong"));

    Files.write(records, List.of("@bob = localhost:7"));
    eventually(() -> directory.check().status() == Health.Status.OK);
    assertThat(directory.all(), is(Map.of(BOB, new HostPort("localhost", 7))));
  }

  @Test
  public void aFileThatVanishesTakesNoRecordAwayAndIsMadeAnewByTheNextChange() throws Exception {
    Files.delete(records);
    eventually(() -> directory.check().message().contains("is gone"));
    try (TlsLine line = connect()) {
      assertThat(line.read(), is("@"));
      assertThat(ask(line, "alice"), is(HOME + "\r\n@"));
    }

    directory.register(BOB, HOME);

    assertThat(Files.readAllLines(records), is(List.of("@alice = " + HOME, "@bob = " + HOME)));
    assertThat(directory.check().status(), is(Health.Status.OK));
  }

  @Test
  public void aFileThatIsBrokenFromTheStartCountsWhereItIsRight() throws Exception {
    directory.stop();
    Files.write(records, List.of("what is this", "@bob = localhost:7"));
    directory = new ServedDirectory(settings(identity("first"), 300));
    assertThat(directory.all(), is(Map.of(BOB, new HostPort("localhost", 7))));
    assertThat(directory.check().status(), is(Health.Status.DEGRADED));
    assertThat(directory.check().message(), containsString("line 1 is wrong"));
  }

  @Test
  public void aReplacedFileIsReadWholeOnEachMachineThatGotACopy() throws Exception {
    Path copied = folder.getRoot().toPath().resolve("replica.records");
    Files.copy(records, copied);
    ServedDirectory replica = new ServedDirectory(at(settings(identity("first"), 300), 0, copied));
    try {
      directory.register(BOB, HOME);
      Path arriving = copied.resolveSibling("arriving");
      Files.copy(records, arriving);
      Files.move(arriving, copied, StandardCopyOption.ATOMIC_MOVE);
      eventually(() -> replica.all().equals(directory.all()));
    } finally {
      replica.stop();
    }
  }

  @Test
  public void recordsThatCannotBeWrittenAreRefusedByName() throws Exception {
    Path file = folder.newFile("no-folder").toPath();
    directory.apply(at(settings(identity("first"), 300), 0, file.resolve("records")));
    StoreFailed failure = assertThrows(StoreFailed.class, () -> directory.register(BOB, HOME));
    assertThat(failure.getMessage(), containsString("no-folder/records cannot be changed"));
  }

  @Test
  public void aChangedPenaltyKeepsThePortAndItsConnections() throws Exception {
    HostPort before = directory.address();
    try (TlsLine line = connect()) {
      assertThat(line.read(), is("@"));
      directory.apply(settings(identity("first"), 1));
      assertThat(directory.address(), is(before));
      assertThat(ask(line, "alice"), is(HOME + "\r\n@"));
    }
  }

  @Test
  public void aChangedPortRebindsAndOpenConnectionsGoOn() throws Exception {
    int port = freePort();
    try (TlsLine line = connect()) {
      assertThat(line.read(), is("@"));
      Settings now = settings(identity("first"), 300);
      directory.apply(at(now, port, records));
      assertThat(directory.address().port(), is(port));
      assertThat(ask(line, "alice"), is(HOME + "\r\n@"));
    }
    try (TlsLine line = connect()) {
      assertThat(line.read(), is("@"));
    }
  }

  @Test
  public void aRenewedCertificateIsShownToTheNextClient() throws Exception {
    ca.issue("first", "renewed.example.net");
    eventually(
        () -> {
          try (TlsLine line = connect()) {
            return line.shown().getSubjectX500Principal().getName().contains("renewed");
          }
        });
  }

  @Test
  public void aPortInUseIsReportedAndTakenOnceItIsFree() throws Exception {
    Settings now = settings(identity("first"), 300);
    try (ServerSocket other = new ServerSocket()) {
      other.bind(new InetSocketAddress("127.0.0.1", 0));
      directory.apply(at(now, other.getLocalPort(), records));
      assertThat(directory.check().status(), is(Health.Status.DEGRADED));
      assertThat(directory.check().message(), containsString("set 'port' to another"));
      assertThat(directory.check().message(), containsString("still answers on 127.0.0.1:"));
      try (TlsLine line = connect()) {
        assertThat(line.read(), is("@"));
      }
    }
    eventually(() -> directory.check().status() == Health.Status.OK);
  }

  @Test
  public void aMissingCertificateIsReportedByName() {
    directory.apply(settings(identity("missing"), 300));
    assertThat(directory.check().message(), containsString("missing.pem"));
    assertThat(directory.check().status(), is(Health.Status.DEGRADED));
    directory.stop();
    directory = new ServedDirectory(settings(identity("missing"), 300));
    assertThat(directory.check().status(), is(Health.Status.DOWN));
  }

  private TestIdentity identity(String name) {
    Path root = folder.getRoot().toPath();
    return new TestIdentity(root.resolve(name + ".pem"), root.resolve(name + ".key"));
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void eventually(Callable<Boolean> condition) throws Exception {
    Eventually.holds(condition);
  }
}
