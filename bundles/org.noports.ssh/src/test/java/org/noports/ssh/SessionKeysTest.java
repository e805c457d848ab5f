package org.noports.ssh;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.SessionId;
import org.noports.api.SessionRefused;
import org.noports.api.StoreFailed;
import org.noports.api.health.Health;
import org.noports.api.ssh.AuthorizedKeys.Granted;
import org.noports.testkit.fakes.PipedStream;

public class SessionKeysTest {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGPKSUTyz1HwHReVSBTRfWDu0p2MQ7vDQ8d2qLLUeUHg alice@home";

  /** Of an owner with habits: options, a comment, an empty line, no end of the last line. */
  private static final String OTHERS =
      "# mine\n\n"
          + "from=\"10.0.0.1\" ssh-rsa AAAAB3Nza== one@two\r\n"
          + "ssh-ed25519 AAAAC3 sshnp_ephemeral_other";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private Path file;
  private Path journal;
  private SessionKeys keys;

  @Before
  public void start() throws Exception {
    file = folder.getRoot().toPath().resolve("authorized_keys");
    journal = folder.getRoot().toPath().resolve("granted");
    Files.writeString(file, OTHERS);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    keys = keys(Map.of());
  }

  @After
  public void stop() {
    keys.stop();
  }

  @Test
  public void aGrantedKeyStandsInItsOwnLineAndOnlyThatGoes() throws Exception {
    SessionId session = SessionId.random();
    try (Granted granted = keys.grant(session)) {
      String[] lines = content().split("\n");
      assertThat(content(), startsWith(OTHERS + "\n"));
      String line = lines[lines.length - 1];
      assertThat(line, startsWith("from=\"127.0.0.1,::1\",expiry-time=\""));
      assertThat(line, containsString(" sshnp_ephemeral_" + session));
      assertThat(shown(granted), equalTo(publicKey(line)));
    }
    assertThat(content(), equalTo(OTHERS + "\n"));
    assertThat(
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), equalTo("rw-r-----"));
    assertThat(Files.list(journal).count(), equalTo(0L));
  }

  @Test
  public void aKeyForAForwardHasTheWiresRestrictions() throws Exception {
    try (Granted granted = keys.grantForward(SessionId.random())) {
      assertThat(
          content(),
          containsString(
              "\n"
                  + "command=\"echo \\\"ssh session complete\\\";sleep"
                  + " 20\",PermitOpen=\"localhost:22\""));
    }
  }

  @Test
  public void aKeyGoesByItselfWhenItsTimeIsOver() throws Exception {
    keys.stop();
    keys = keys(Map.of("keySeconds", 1));
    keys.grant(SessionId.random());
    awaitContent(OTHERS + "\n");
  }

  @Test
  public void aKeyOfARunThatWasKilledGoesAtTheNextStart() throws Exception {
    String before = OTHERS + "\n";
    Process victim = anotherRun("exec \"$@\"");
    assertThat(new String(victim.getInputStream().readNBytes(7)), equalTo("granted"));
    assertThat(content(), containsString("sshnp_ephemeral_" + GrantAndWait.SESSION));
    victim.destroyForcibly().waitFor();
    assertThat(content(), containsString("sshnp_ephemeral_" + GrantAndWait.SESSION));
    keys.configure(configuration(Map.of()));
    awaitContent(before);
  }

  /** No file may grow beyond one block: what is written meets the same end as on a full disk. */
  @Test
  public void aDiskThatTakesNoMoreLeavesTheFileAsItIs() throws Exception {
    String large = OTHERS + "\n" + "# a long list of keys\n".repeat(500);
    Files.writeString(file, large);
    Process limited = anotherRun("ulimit -f 4; exec \"$@\"");
    String said = new String(limited.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said, startsWith("No key for session " + GrantAndWait.SESSION));
    assertThat(content(), equalTo(large));
    assertThat(Files.list(journal).count(), equalTo(0L));
    assertThat(
        Files.list(file.getParent()).filter(it -> it.toString().endsWith(".new")).count(),
        equalTo(0L));
  }

  private Process anotherRun(String shell) throws Exception {
    return new ProcessBuilder(
            "/bin/sh",
            "-c",
            shell,
            "sh",
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            GrantAndWait.class.getName(),
            file.toString(),
            journal.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  public void manyEditorsAtOnceLoseNobodysLine() throws Exception {
    List<CompletableFuture<Void>> ours =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.runAsync(this::grantAndClose))
            .toList();
    // As sshnpd, ssh-copy-id and people with >> do: no lock, one write at the end.
    for (int i = 0; i < 200; i++) {
      Files.writeString(file, "\nssh-rsa appended-" + i, StandardOpenOption.APPEND);
    }
    CompletableFuture.allOf(ours.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
    Set<String> all =
        IntStream.range(0, 200).mapToObj(i -> "ssh-rsa appended-" + i).collect(Collectors.toSet());
    await(() -> new HashSet<>(List.of(content().split("[\\r\\n]+"))).containsAll(all));
    assertThat(content(), startsWith(OTHERS));
    assertThat(content(), not(containsString("expiry-time")));
  }

  @Test
  public void aLinkADirectoryAndAReadOnlyFileAreRefusedByNameAndLeftAsTheyAre() throws Exception {
    Path target = folder.getRoot().toPath().resolve("elsewhere");
    Files.move(file, target);
    Files.createSymbolicLink(file, target);
    assertThat(refusal(), containsString("is a symbolic link"));
    assertThat(Files.readString(target), equalTo(OTHERS));
    Files.delete(file);
    Files.createDirectory(file);
    assertThat(refusal(), containsString("is no file"));
    Files.delete(file);
    Files.move(target, file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    assertThat(refusal(), containsString("is read-only"));
    assertThat(content(), equalTo(OTHERS));
    assertThat(Files.list(journal).count(), equalTo(0L));
  }

  @Test
  public void aFirstFileIsMadeForItsOwnerOnly() throws Exception {
    Files.delete(file);
    try (Granted granted = keys.grant(SessionId.random())) {
      assertThat(
          PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), equalTo("rw-------"));
    }
    assertThat(content(), equalTo(""));
  }

  @Test
  public void aStreamBringsTheKeyAndItsEndTakesItBack() throws Exception {
    PipedStream[] pair = PipedStream.pair();
    keys.accept(pair[1], OverStreams.ALICE);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    ByteBuffer some = ByteBuffer.allocate(512);
    while (pair[0].read(some).toCompletableFuture().get(30, TimeUnit.SECONDS) >= 0) {
      text.write(some.array(), 0, some.position());
      some.clear();
    }
    assertThat(text.toString(StandardCharsets.UTF_8), startsWith("-----BEGIN OPENSSH PRIVATE KEY"));
    assertThat(content(), containsString("sshnp_ephemeral_" + OverStreams.ALICE.session()));
    pair[0].close();
    awaitContent(OTHERS + "\n");
  }

  @Test
  public void aPublicKeyIsKeptOnceWithTheOwnersOptions() throws Exception {
    keys.configure(configuration(Map.of("acceptPublicKeys", true)));
    assertThat(keys.add(ALICE, KEY + "\n"), equalTo(true));
    assertThat(keys.add(ALICE, KEY), equalTo(false));
    assertThat(content(), equalTo(OTHERS + "\nfrom=\"127.0.0.1,::1\" " + KEY + "\n"));
  }

  @Test
  public void aPublicKeyIsNotTakenWithoutConsentNorWithOptionsOfItsOwn() throws Exception {
    assertThrows(SessionRefused.class, () -> keys.add(ALICE, KEY));
    keys.configure(configuration(Map.of("acceptPublicKeys", true)));
    assertThrows(SessionRefused.class, () -> keys.add(ALICE, "command=\"evil\" " + KEY));
    assertThrows(SessionRefused.class, () -> keys.add(ALICE, KEY + "\n" + KEY));
    assertThat(content(), equalTo(OTHERS));
  }

  @Test
  public void nothingIsWrittenUntilAFileIsConfigured() throws Exception {
    keys.configure(TestConfiguration.of(Map.of()));
    assertThat(keys.grantsKeys(), equalTo(false));
    assertThrows(SessionRefused.class, () -> keys.grant(SessionId.random()));
    assertThat(keys.check().status(), equalTo(Health.Status.OK));
  }

  private void grantAndClose() {
    try {
      for (int i = 0; i < 5; i++) {
        keys.grant(SessionId.random()).close();
      }
    } catch (SessionRefused | StoreFailed e) {
      throw new IllegalStateException(e);
    }
  }

  private String refusal() {
    return assertThrows(StoreFailed.class, () -> keys.grant(SessionId.random())).getMessage();
  }

  /** As ssh-keygen reads the private half. */
  private String shown(Granted granted) throws Exception {
    Path identity = folder.newFile().toPath();
    Files.setPosixFilePermissions(identity, PosixFilePermissions.fromString("rw-------"));
    Files.write(identity, granted.privateKey().exposeSecretBytes());
    Process keygen = new ProcessBuilder("ssh-keygen", "-y", "-f", identity.toString()).start();
    return new String(keygen.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private static String publicKey(String line) {
    String[] words = line.split(" ");
    return String.join(" ", Arrays.copyOfRange(words, words.length - 3, words.length));
  }

  private String content() throws Exception {
    return Files.readString(file);
  }

  /** The key is taken back on another thread. */
  private void awaitContent(String expected) throws Exception {
    await(() -> content().equals(expected));
    assertThat(content(), equalTo(expected));
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.call() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(condition.call(), equalTo(true));
  }

  private SessionKeys keys(Map<String, Object> more) {
    SessionKeys made = new SessionKeys(journal, Duration.ofSeconds(15));
    made.configure(configuration(more));
    return made;
  }

  private SshServerConfig configuration(Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>(more);
    all.put("authorizedKeys", file.toString());
    return TestConfiguration.of(all);
  }
}
