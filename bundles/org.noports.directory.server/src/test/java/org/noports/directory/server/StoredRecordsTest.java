package org.noports.directory.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.StoreFailed;
import org.noports.api.health.Health;
import org.noports.testkit.Eventually;
import org.noports.testkit.tls.TlsLine;

/** Two atDirectories over one store. */
public class StoredRecordsTest extends DirectoryFixture {
  private static final AtSign BOB = AtSign.of("@bob");

  private final MemoryStore store = new MemoryStore();
  private ServedDirectory other;

  @Before
  public void shareTheStore() throws Exception {
    Settings settings = inStore(settings(ca.issue("shared", "localhost", "127.0.0.1"), 300));
    other = new ServedDirectory(settings);
    other.bindStore(store);
    directory.bindStore(store);
    directory.apply(settings);
    directory.register(ALICE, HOME);
  }

  @After
  public void stopTheOther() {
    other.stop();
  }

  @Test
  public void whatOneRegistersMovesAndRemovesTheOtherAnswersAlike() throws Exception {
    Eventually.holds(() -> other.all().equals(Map.of(ALICE, HOME)));
    try (TlsLine line = new TlsLine(other.address().port(), ca.certificate())) {
      assertThat(line.read(), is("@"));
      assertThat(ask(line, "alice"), is(HOME + "\r\n@"));
      HostPort moved = new HostPort("elsewhere.example.net", 7);
      other.register(ALICE, moved);
      assertThat(ask(line, "alice"), is(moved + "\r\n@"));
      Eventually.holds(() -> directory.all().equals(Map.of(ALICE, moved)));
      assertThat(directory.remove(ALICE), is(true));
      assertThat(directory.remove(ALICE), is(false));
      Eventually.holds(() -> other.all().isEmpty());
      assertThat(ask(line, "alice"), is("null\r\n@"));
    }
  }

  @Test
  public void aRemovalIsSeenWhereTheRecordWasNotYet() throws Exception {
    directory.register(BOB, HOME);
    assertThat(other.remove(BOB), is(true));
    Eventually.holds(() -> directory.all().equals(Map.of(ALICE, HOME)));
  }

  @Test
  public void aStoreThatIsAwayTakesNoAnswerAndRefusesChangesByName() throws Exception {
    directory.unbindStore(store);
    Eventually.holds(() -> directory.check().status() == Health.Status.DEGRADED);
    assertThat(directory.check().message(), containsString("org.noports.store.mvstore"));
    try (TlsLine line = connect()) {
      assertThat(line.read(), is("@"));
      assertThat(ask(line, "alice"), is(HOME + "\r\n@"));
    }
    StoreFailed refused = assertThrows(StoreFailed.class, () -> directory.register(BOB, HOME));
    assertThat(refused.getMessage(), containsString("none is here"));

    other.register(BOB, HOME);
    directory.bindStore(store);
    Eventually.holds(() -> directory.all().containsKey(BOB));
    assertThat(directory.check().status(), is(Health.Status.OK));
  }

  @Test
  public void aStoreThatFailsIsNamedAndReadAgainWhenItWorks() throws Exception {
    store.fail(true);
    Eventually.holds(() -> directory.check().message().contains("out of order"));
    store.fail(false);
    Eventually.holds(() -> directory.check().status() == Health.Status.OK);
    assertThat(directory.all(), is(Map.of(ALICE, HOME)));
  }

  @Test
  public void whereTheLogDoesNotReachBackAllIsReadAgain() throws Exception {
    Eventually.holds(() -> other.all().equals(Map.of(ALICE, HOME)));
    int scans = store.scans();
    store.put("bob", HOME.toString().getBytes(UTF_8));
    store.delete("alice");
    store.forgetLog();
    Eventually.holds(() -> other.all().equals(Map.of(BOB, HOME)));
    assertThat(store.scans(), is(greaterThan(scans)));
  }

  @Test
  public void thousandsOfRecordsAreReadPageByPageAndAStrangeOneIsSkipped() throws Exception {
    for (int i = 0; i < 2500; i++) {
      store.put("name" + i, ("host.example.org:" + (i + 1)).getBytes(UTF_8));
    }
    store.put("strange", "no address".getBytes(UTF_8));
    Eventually.holds(() -> directory.all().size() == 2501);
    ServedDirectory late =
        new ServedDirectory(inStore(settings(ca.issue("late", "localhost"), 300)));
    try {
      late.bindStore(store);
      Eventually.holds(() -> late.all().equals(directory.all()));
    } finally {
      late.stop();
    }
  }
}
