package org.noports.ssh;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.junit.Assert.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.PeerUnverified;
import org.noports.api.SessionId;
import org.noports.api.StoreFailed;
import org.noports.api.Target;
import org.noports.api.health.Health;
import org.noports.api.ssh.RemoteResult;
import org.noports.api.ssh.SshPublicKey;
import org.noports.api.stream.StreamOrigin;
import org.noports.testkit.fakes.PipedStream;

public class BuiltInSshServerTest {
  private static final StreamOrigin ALICE =
      new StreamOrigin(
          AtSign.of("@alice"),
          new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1")),
          SessionId.random());

  private static final String ED25519 =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEuaS2GjQ7HZ6Sh7CC184I5M/xtfGJ+P8CD2BFONXtMP";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private Path hostKey;
  private BuiltInSshServer server;
  private StreamRemoteCommands commands;

  @Before
  public void start() {
    hostKey = folder.getRoot().toPath().resolve("ssh/host-key");
    server = new BuiltInSshServer();
    server.configure(configuration(hostKey));
    commands = new StreamRemoteCommands();
  }

  @After
  public void stop() {
    commands.stop();
    server.stop();
  }

  @Test
  public void runsACommandAndReturnsItsOutputErrorsAndStatus() throws Exception {
    RemoteResult result = run("echo out; echo err >&2; exit 7", server.fingerprint());
    assertThat(result, equalTo(new RemoteResult(7, "out\n", "err\n")));
  }

  @Test
  public void carriesMuchOutputWhole() throws Exception {
    RemoteResult result = run("head -c 1000000 /dev/zero | tr '\\0' x", server.fingerprint());
    assertThat(result.output().length(), equalTo(1_000_000));
  }

  @Test
  public void isNotSpokenToWithAnotherHostKey() {
    Throwable failure =
        assertThrows(ExecutionException.class, () -> run("true", "SHA256:another")).getCause();
    assertThat(failure, instanceOf(PeerUnverified.class));
    assertThat(failure.getMessage(), containsString(server.fingerprint()));
  }

  @Test
  public void keepsItsHostKeyOverRestartsReadableByItsOwnerOnly() throws Exception {
    String before = server.fingerprint();
    server.stop();
    server = new BuiltInSshServer();
    server.configure(configuration(hostKey));
    assertThat(server.fingerprint(), equalTo(before));
    assertThat(
        PosixFilePermissions.toString(Files.getPosixFilePermissions(hostKey)),
        equalTo("rw-------"));
  }

  @Test
  public void reportsAHostKeyThatItCannotReadAndTurnsStreamsAway() throws Exception {
    server.stop();
    Files.writeString(hostKey, "not a key\n");
    server = new BuiltInSshServer();
    server.configure(configuration(hostKey));
    assertThat(server.check().status(), equalTo(Health.Status.DOWN));
    PipedStream[] pair = PipedStream.pair();
    server.accept(pair[1], ALICE);
    pair[0].closed().toCompletableFuture().get(60, TimeUnit.SECONDS);
    assertThat(Files.readString(hostKey), equalTo("not a key\n"));
  }

  @Test
  public void vouchesForItsOwnKeyAndForSshdsAsTheOperatorNamesThem() throws Exception {
    assertThat(
        server.hostKeys(Target.of("service:ssh")).stream().map(SshPublicKey::fingerprint).toList(),
        equalTo(List.of(server.fingerprint())));
    assertThat(server.hostKeys(Target.of("localhost:22")), equalTo(List.of()));
    Path files = folder.getRoot().toPath();
    Files.writeString(files.resolve("ssh_host_a_key.pub"), ED25519 + " root@dev1\n");
    server.configure(vouching(files + "/ssh_host_*_key.pub"));
    assertThat(
        server.hostKeys(Target.of("localhost:22")), equalTo(List.of(SshPublicKey.of(ED25519))));
    assertThat(server.hostKeys(Target.of("example.org:22")), equalTo(List.of()));
    assertThat(server.hostKeys(Target.of("localhost:2222")), equalTo(List.of()));
  }

  @Test
  public void aHostKeyOfSshdThatCannotBeReadIsNamedAndVouchedForByNobody() throws Exception {
    Path file = Files.writeString(folder.getRoot().toPath().resolve("a.pub"), "no key\n");
    server.configure(vouching(file.toString()));
    assertThat(server.check().status(), equalTo(Health.Status.DEGRADED));
    assertThat(server.check().message(), containsString(file.toString()));
    refusesSshdAndServes();
  }

  /** Vouching for none would let a client believe whatever key it meets. */
  private void refusesSshdAndServes() throws Exception {
    StoreFailed failure =
        assertThrows(StoreFailed.class, () -> server.hostKeys(Target.of("localhost:22")));
    assertThat(failure.getMessage(), containsString("sshdHostKeys"));
    assertThat(server.hostKeys(Target.of("example.org:22")), equalTo(List.of()));
    assertThat(run("echo out", server.fingerprint()).exitStatus(), equalTo(0));
  }

  @Test
  public void aPatternThatIsNoneIsNamedAndTakesNothingElseDown() throws Exception {
    for (String pattern : List.of("/etc/ssh/ssh_host_{rsa,ed25519}_key.pub", "/", "key.pub")) {
      server.configure(vouching(pattern));
      assertThat(server.check().status(), equalTo(Health.Status.DEGRADED));
      assertThat(server.check().message(), containsString(pattern.split(",")[0]));
      refusesSshdAndServes();
    }
  }

  @Test
  public void oneFileThatCannotBeReadTakesNoneOfTheOthersAway() throws Exception {
    Path files = folder.getRoot().toPath();
    Files.writeString(files.resolve("a.pub"), "no key\n");
    Files.writeString(files.resolve("b.pub"), ED25519 + "\n");
    Files.createDirectory(files.resolve("c.pub"));
    server.configure(vouching(files + "/*.pub, " + files + "/none"));
    assertThat(
        server.hostKeys(Target.of("localhost:22")), equalTo(List.of(SshPublicKey.of(ED25519))));
    assertThat(server.check().status(), equalTo(Health.Status.DEGRADED));
    for (String name : List.of("a.pub", "c.pub", "none")) {
      assertThat(server.check().message(), containsString(files.resolve(name).toString()));
    }
  }

  @Test
  public void sshdsKeysAreVouchedForWhateverBecomesOfTheBuiltInOne() throws Exception {
    server.stop();
    Files.writeString(hostKey, "not a key\n");
    Path file = Files.writeString(folder.getRoot().toPath().resolve("b.pub"), ED25519);
    server = new BuiltInSshServer();
    server.configure(vouching(file.toString()));
    assertThat(server.check().status(), equalTo(Health.Status.DOWN));
    assertThat(
        server.hostKeys(Target.of("localhost:22")), equalTo(List.of(SshPublicKey.of(ED25519))));
  }

  private SshServerConfig vouching(String files) {
    return TestConfiguration.of(Map.of("hostKey", hostKey.toString(), "sshdHostKeys", files));
  }

  private RemoteResult run(String command, String fingerprint) throws Exception {
    PipedStream[] pair = PipedStream.pair();
    server.accept(pair[1], ALICE);
    return commands
        .run(pair[0], "alice", command, fingerprint)
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  private static SshServerConfig configuration(Path hostKey) {
    return TestConfiguration.of(Map.of("hostKey", hostKey.toString()));
  }
}
