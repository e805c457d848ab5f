package org.noports.directory;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.noports.testkit.Stages.failure;
import static org.noports.testkit.Stages.value;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.AtSignNotFound;
import org.noports.api.DirectoryUnavailable;
import org.noports.api.HostPort;
import org.noports.api.health.Health;
import org.noports.testkit.tls.TestCa;
import org.noports.transport.WayOut;

/** Look-ups against an atDirectory that a test controls. */
public class CachingAtDirectoryTest {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final HostPort HOME = new HostPort("home.example.net", 6943);
  private static final String ANSWER = HOME + "\r\n@";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final AtomicLong nanos = new AtomicLong();
  private Path trust;
  private TestCa ca;
  private FakeDirectory fake;
  private CachingAtDirectory directory;

  @Before
  public void start() throws Exception {
    trust = folder.newFolder("trust").toPath();
    ca = new TestCa(folder.getRoot().toPath(), "Private Test CA");
    fake = new FakeDirectory(ca.issue("server", "localhost"));
    fake.answers.put("alice", ANSWER);
    Files.copy(ca.certificateFile(), trust.resolve("ca.pem"));
    directory =
        new CachingAtDirectory(settings(fake.address().toString()), nanos::get, WayOut.direct());
  }

  @After
  public void stop() {
    directory.stop();
    fake.close();
  }

  private Settings settings(String address) {
    return settings(address, Duration.ofSeconds(60));
  }

  private Settings settings(String address, Duration timeout) {
    return new Settings(address, List.of(trust), Duration.ofHours(1), timeout);
  }

  @Test
  public void aKnownAtSignIsFound() {
    assertThat(value(directory.find(ALICE)), is(HOME));
    assertThat(directory.check().status(), is(Health.Status.OK));
  }

  @Test
  public void anAnswerIsGoodForAnHourAndIsAskedForAgainAfterwards() {
    value(directory.find(ALICE));
    nanos.addAndGet(Duration.ofMinutes(59).toNanos());
    value(directory.find(ALICE));
    assertThat(fake.questions.get(), is(1));

    nanos.addAndGet(Duration.ofMinutes(2).toNanos());
    fake.answers.put("alice", "moved.example.net:1\r\n@");

    assertThat(value(directory.find(ALICE)), is(new HostPort("moved.example.net", 1)));
  }

  @Test
  public void whatIsForgottenIsAskedForAgain() {
    value(directory.find(ALICE));
    directory.forget(ALICE);
    value(directory.find(ALICE));
    assertThat(fake.questions.get(), is(2));
  }

  @Test
  public void manyWhoAskAtOnceMakeOneQuestion() {
    fake.gate = new CompletableFuture<>();
    List<CompletionStage<HostPort>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(directory.find(ALICE));
    }
    all.get(0).toCompletableFuture().cancel(true);
    fake.gate.complete(null);
    all.subList(1, 50).forEach(it -> assertThat(value(it), is(HOME)));
    assertThat(fake.questions.get(), is(1));
  }

  @Test
  public void anUnknownAtSignIsNotFoundByName() {
    AtSignNotFound failure = failure(AtSignNotFound.class, directory.find(AtSign.of("@nobody")));
    assertThat(
        failure.getMessage(),
        containsString("The atDirectory " + fake.address() + " does not know @nobody"));
    assertThat(directory.check().status(), is(Health.Status.OK));
  }

  @Test
  public void aMissIsForgottenAfterASecond() {
    AtSign late = AtSign.of("@late");
    failure(AtSignNotFound.class, directory.find(late));
    fake.answers.put("late", ANSWER);
    failure(AtSignNotFound.class, directory.find(late));

    nanos.addAndGet(Duration.ofSeconds(1).toNanos());

    assertThat(value(directory.find(late)), is(HOME));
  }

  @Test
  public void aCaThatIsNotTrustedIsNamedAndCountsOnceItsFileIsThere() throws Exception {
    Files.delete(trust.resolve("ca.pem"));
    DirectoryUnavailable failure = failure(DirectoryUnavailable.class, directory.find(ALICE));
    assertThat(failure.getMessage(), containsString("the CA 'CN=Private Test CA'"));
    assertThat(failure.getMessage(), containsString("'trust' in org.noports.directory"));
    assertThat(directory.check().status(), is(Health.Status.DEGRADED));

    Files.copy(ca.certificateFile(), trust.resolve("ca.pem"));

    assertThat(value(directory.find(ALICE)), is(HOME));
    assertThat(directory.check().status(), is(Health.Status.OK));
  }

  @Test
  public void aBrokenTrustFileIsNamed() throws Exception {
    Files.writeString(trust.resolve("broken.pem"), "this is no certificate");
    DirectoryUnavailable failure = failure(DirectoryUnavailable.class, directory.find(ALICE));
    assertThat(failure.getMessage(), containsString("broken.pem"));
  }

  @Test
  public void aCertificateForAnotherNameIsRefused() throws Exception {
    try (FakeDirectory other = new FakeDirectory(ca.issue("other", "other.example.net"))) {
      directory.apply(settings(other.address().toString()));
      failure(DirectoryUnavailable.class, directory.find(ALICE));
      assertThat(other.questions.get(), is(0));
    }
  }

  @Test
  public void aDirectoryThatIsNotThereIsUnavailableAndFoundOnceItIs() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    directory.apply(settings("localhost:" + port));
    DirectoryUnavailable failure = failure(DirectoryUnavailable.class, directory.find(ALICE));
    assertThat(failure.getMessage(), containsString("localhost:" + port));
    assertThat(failure.getMessage(), containsString("refused"));

    directory.apply(settings(fake.address().toString()));
    assertThat(value(directory.find(ALICE)), is(HOME));
  }

  @Test
  public void aDirectoryThatSaysNothingIsGivenUpAfterTheTimeout() {
    fake.gate = new CompletableFuture<>();
    directory.apply(settings(fake.address().toString(), Duration.ofMillis(700)));
    DirectoryUnavailable failure = failure(DirectoryUnavailable.class, directory.find(ALICE));
    assertThat(failure.getMessage(), containsString("did not answer within 700 ms"));
  }

  @Test
  public void nonsenseIsNoAddress() {
    fake.answers.put("alice", "HTTP/1.1 400 Bad Request\r\n");
    DirectoryUnavailable failure = failure(DirectoryUnavailable.class, directory.find(ALICE));
    assertThat(failure.getMessage(), containsString("is an atDirectory"));
  }

  @Test
  public void behindAProxyNothingIsLookedUp() {
    directory.apply(settings("proxy:vip.example.net"));
    assertThat(value(directory.find(ALICE)), is(new HostPort("vip.example.net", 64)));
    directory.apply(settings("proxy:vip.example.net:443"));
    assertThat(value(directory.find(ALICE)), is(new HostPort("vip.example.net", 443)));
  }

  @Test
  public void anAddressThatIsNoneIsNamedWithItsSettingAndTheOneBeforeStays() {
    directory.apply(settings("root.example.net:sixty"));
    assertThat(value(directory.find(ALICE)), is(HOME));
    assertThat(directory.check().status(), is(Health.Status.DEGRADED));
    assertThat(directory.check().message(), containsString("'address' in org.noports.directory"));
    assertThat(directory.check().message(), containsString(fake.address() + " stays in use"));
  }

  @Test
  public void withoutAnyAddressEachLookUpSaysWhy() {
    directory.stop();
    directory =
        new CachingAtDirectory(settings("root.example.net:sixty"), nanos::get, WayOut.direct());
    DirectoryUnavailable failure = failure(DirectoryUnavailable.class, directory.find(ALICE));
    assertThat(failure.getMessage(), containsString("'address' in org.noports.directory"));
    assertThat(directory.check().status(), is(Health.Status.DOWN));
  }
}
