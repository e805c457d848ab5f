package org.noports.access;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.SessionRefused;
import org.noports.api.StoreFailed;
import org.noports.api.ValueNotFound;
import org.noports.api.access.AccessWish;
import org.noports.api.atserver.Notification;
import org.noports.api.health.Health;
import org.noports.api.policy.Decision;
import org.noports.api.policy.RequestKind;
import org.noports.protocol.access.AccessSaid;
import org.noports.protocol.session.SignedEnvelope;
import org.noports.testkit.Eventually;

/** What waits, what is granted, and when it is over. */
public class TimedAccessesTest {
  private static final AccessWish WISH = TestDesk.wish(1, "@alice", "localhost:22");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path file;
  private TestDesk test;

  @Before
  public void open() {
    file = folder.getRoot().toPath().resolve("deep/access.json");
    test = new TestDesk(file);
  }

  @After
  public void close() {
    test.close();
  }

  private void granted() throws Exception {
    test.desk.take(WISH);
    test.desk.approve("0000", Optional.empty());
  }

  @Test
  public void whatIsGrantedPermitsItsClientAtItsPlaceAndNothingElse() throws Exception {
    test.desk.take(WISH);
    assertThat("a request alone permits nothing", test.permits(), is(false));
    granted();
    Decision.Permit permit =
        (Decision.Permit) test.ask("@alice", RequestKind.TUNNEL, "localhost:22");
    assertThat(permit.rule(), is("access-" + WISH.id()));
    assertThat(permit.until(), is(Optional.of(TestDesk.NOON.plus(Duration.ofHours(1)))));
    assertThat(
        test.ask("@alice", RequestKind.SSH, "localhost:22"), instanceOf(Decision.Permit.class));
    assertThat(test.ask("@alice", RequestKind.PING, ""), instanceOf(Decision.Permit.class));
    for (Decision other :
        List.of(
            test.ask("@mallory", RequestKind.TUNNEL, "localhost:22"),
            test.ask("@mallory", RequestKind.PING, ""),
            test.ask("@alice", RequestKind.TUNNEL, "localhost:23"),
            test.ask("@alice", RequestKind.TUNNEL, "other:22"),
            test.ask("@alice", RequestKind.UDP, "localhost:22"),
            test.ask("@alice", RequestKind.LISTEN, "localhost:22"))) {
      assertThat(other, instanceOf(Decision.Abstain.class));
    }
  }

  @Test
  public void itIsOverByItselfAndSaysSo() throws Exception {
    granted();
    test.pass(Duration.ofMinutes(59));
    assertThat(test.permits(), is(true));
    AtomicInteger changes = new AtomicInteger();
    test.desk.onChange(changes::incrementAndGet);
    test.pass(Duration.ofMinutes(1));
    assertThat(test.permits(), is(false));
    assertThat(changes.get(), is(1));
    assertThat(test.desk.all(), hasSize(0));
    assertThat(test.audit.events(AccessReceipts.OVER), hasSize(1));
    Decision.Abstain late =
        (Decision.Abstain) test.ask("@alice", RequestKind.TUNNEL, "localhost:22");
    assertThat(late.rule(), is("access-" + WISH.id()));
    assertThat(late.reason(), containsString("is over"));
  }

  @Test
  public void aClockThatIsSetBackMakesNoTimeLonger() throws Exception {
    granted();
    test.pass(Duration.ofMinutes(30));
    test.clock.advance(Duration.ofMinutes(-20));
    assertThat("it is still in its time", test.permits(), is(true));
    test.pass(Duration.ofMinutes(30));
    assertThat("an hour has passed, whatever the clock says", test.permits(), is(false));
  }

  @Test
  public void aClockThatIsSetBackBeforeTheGrantOrForwardBehindItPermitsNothing() throws Exception {
    granted();
    test.clock.advance(Duration.ofDays(-1));
    assertThat(test.permits(), is(false));
    test.clock.advance(Duration.ofDays(1));
    assertThat(test.permits(), is(true));
    test.clock.advance(Duration.ofDays(1));
    assertThat(test.permits(), is(false));
    assertThat(
        "also before it is put away",
        test.ask("@alice", RequestKind.TUNNEL, "localhost:22").rule(),
        is("access-" + WISH.id()));
    test.desk.tick();
    test.clock.advance(Duration.ofDays(-1));
    assertThat("what was over stays over", test.permits(), is(false));
  }

  @Test
  public void whatWaitsAndWhatIsGrantedSurvivesARestart() throws Exception {
    granted();
    test.desk.take(TestDesk.wish(2, "@alice", "service:ssh"));
    test.pass(Duration.ofMinutes(30));
    var before = test.desk.all();
    test.start();
    assertThat(test.desk.all(), is(before));
    assertThat(test.permits(), is(true));
    test.clock.advance(Duration.ofHours(-2));
    test.start();
    test.clock.advance(Duration.ofHours(2));
    test.pass(Duration.ofMinutes(30));
    assertThat(test.permits(), is(false));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), is("rw-------"));
  }

  @Test
  public void aGrantThatIsWithdrawnPermitsNothingAtOnce() throws Exception {
    granted();
    AtomicInteger changes = new AtomicInteger();
    test.desk.onChange(changes::incrementAndGet);
    test.desk.deny(WISH.id(), "the pump runs");
    assertThat(test.permits(), is(false));
    assertThat(changes.get(), is(1));
    assertThat(test.audit.events(AccessReceipts.WITHDRAWN), hasSize(1));
  }

  @Test
  public void whatWasDecidedIsNotDecidedAgain() throws Exception {
    test.desk.take(WISH);
    test.desk.take(WISH);
    assertThat("the same one again is one", test.desk.all(), hasSize(1));
    test.desk.deny(WISH.id(), "");
    test.start();
    assertThrows(SessionRefused.class, () -> test.desk.take(WISH));
    assertThrows(ValueNotFound.class, () -> test.desk.approve(WISH.id(), Optional.empty()));
  }

  @Test
  public void nobodyGetsMoreOrLongerThanMayBe() throws Exception {
    for (int i = 0; i < KeptAccesses.MOST_WAITING_OF_ONE; i++) {
      test.desk.take(TestDesk.wish(i, "@alice", "localhost:22"));
    }
    AccessWish more = TestDesk.wish(99, "@alice", "localhost:22");
    assertThrows(SessionRefused.class, () -> test.desk.take(more));
    test.desk.take(TestDesk.wish(100, "@mallory", "localhost:22"));
    assertThrows(
        IllegalArgumentException.class,
        () -> test.desk.approve(WISH.id(), Optional.of(Duration.ofHours(2))));
    assertThrows(
        "a beginning that says nothing",
        ValueNotFound.class,
        () -> test.desk.approve("00", Optional.empty()));
    test.configure(Map.of("mostMinutes", 30));
    test.desk.deny(WISH.id(), "");
    assertThrows(SessionRefused.class, () -> test.desk.take(more));
  }

  @Test
  public void whatNobodyDecidesOnIsGoneAfterADay() throws Exception {
    test.desk.take(WISH);
    test.pass(Duration.ofHours(24));
    assertThat(test.desk.all(), hasSize(0));
    assertThat(test.audit.events(AccessReceipts.LAPSED), hasSize(1));
  }

  @Test
  public void aFileThatCannotBeReadIsLeftAsItIs() throws Exception {
    granted();
    String kept = Files.readString(file);
    String newer = kept.replace("\"format\":1", "\"format\":2");
    Files.writeString(file, newer);
    test.start();
    assertThat(test.permits(), is(false));
    assertThat(test.desk.check().status(), is(Health.Status.DOWN));
    assertThat(test.desk.check().message(), containsString("format 2"));
    assertThrows(StoreFailed.class, () -> test.desk.take(TestDesk.wish(2, "@alice", "a:1")));
    assertThat(Files.readString(file), is(newer));
    Files.writeString(file, kept);
    test.configure(Map.of());
    assertThat("repaired, and read again", test.permits(), is(true));
  }

  @Test
  public void aFileThatGrantsAPatternIsNotRead() throws Exception {
    granted();
    Files.writeString(file, Files.readString(file).replace("localhost:22", "*:22"));
    test.start();
    assertThat(test.permits(), is(false));
    assertThat(test.desk.check().status(), is(Health.Status.DOWN));
  }

  @Test
  public void aHostIsTheSameHoweverItIsWritten() throws Exception {
    test.desk.take(TestDesk.wish(2, "@alice", "LocalHost:22"));
    test.desk.approve("00", Optional.empty());
    assertThat(test.permits(), is(true));
  }

  @Test
  public void whatIsGrantedIsWhatMayBeGrantedToday() throws Exception {
    test.desk.take(WISH);
    test.configure(Map.of("mostMinutes", 20));
    assertThrows(
        IllegalArgumentException.class,
        () -> test.desk.approve(WISH.id(), Optional.of(Duration.ofMinutes(21))));
    test.desk.approve(WISH.id(), Optional.empty());
    assertThat(
        test.desk.all().get(0).granted().get().until(),
        is(TestDesk.NOON.plus(Duration.ofMinutes(20))));
  }

  @Test
  public void whoMayAskNoLongerIsGrantedNothing() throws Exception {
    test.desk.take(WISH);
    test.configure(Map.of("askers", "@bob"));
    SessionRefused no =
        assertThrows(SessionRefused.class, () -> test.desk.approve(WISH.id(), Optional.empty()));
    assertThat(no.getMessage(), containsString("@alice"));
    assertThat(test.permits(), is(false));
    test.desk.deny(WISH.id(), "");
    assertThat(test.desk.all(), hasSize(0));
  }

  /** What is in the way of a file that is written there. */
  private Path refuseToWrite() throws Exception {
    Path there = file.resolveSibling(file.getFileName() + ".new");
    Files.createDirectories(there);
    return Files.writeString(there.resolve("in-the-way"), "");
  }

  private static void writeAgain(Path inTheWay) throws Exception {
    Files.delete(inTheWay);
    Files.delete(inTheWay.getParent());
  }

  @Test
  public void whatIsWithdrawnIsOverAlsoWhenTheDiskRefuses() throws Exception {
    granted();
    AtomicInteger changes = new AtomicInteger();
    test.desk.onChange(changes::incrementAndGet);
    Path inTheWay = refuseToWrite();
    StoreFailed failed =
        assertThrows(StoreFailed.class, () -> test.desk.deny(WISH.id(), "the pump runs"));
    assertThat(failed.getMessage(), containsString("restart"));
    assertThat(test.permits(), is(false));
    assertThat(changes.get(), is(1));
    assertThat(test.audit.events(AccessReceipts.WITHDRAWN), hasSize(1));
    test.pass(Duration.ofSeconds(1));
    assertThat(test.desk.check().status(), is(Health.Status.DOWN));

    writeAgain(inTheWay);
    test.pass(Duration.ofSeconds(1));
    assertThat(test.desk.check().status(), is(Health.Status.OK));
    test.start();
    assertThat("a restart does not bring it back", test.permits(), is(false));
    assertThat(test.desk.all(), hasSize(0));
  }

  @Test
  public void whatAListenerThrowsKeepsNobodyFromHearing() throws Exception {
    granted();
    AtomicInteger changes = new AtomicInteger();
    for (int i = 0; i < 2; i++) {
      test.desk.onChange(
          () -> {
            changes.incrementAndGet();
            throw new IllegalStateException("a listener's own affair");
          });
    }
    test.desk.deny(WISH.id(), "the pump runs");
    assertThat(changes.get(), is(2));
    Eventually.holds(() -> test.world.sent().size() == 3);
    assertThat(said(test.world.sent().get(2)).reason(), is("the pump runs"));
  }

  @Test
  public void whatCannotBeKeptIsNotGranted() throws Exception {
    test.desk.take(WISH);
    refuseToWrite();
    StoreFailed failed =
        assertThrows(StoreFailed.class, () -> test.desk.approve(WISH.id(), Optional.empty()));
    assertThat(failed.getMessage(), containsString("nothing was changed"));
    assertThat(test.permits(), is(false));
  }

  @Test
  public void aReasonThatTheClientCouldNotReadIsRefusedBeforeAnythingIsDenied() throws Exception {
    granted();
    for (String why : List.of("a\nb", "\u001b[2J", "a".repeat(AccessWish.MOST_REASON + 1))) {
      assertThrows(IllegalArgumentException.class, () -> test.desk.deny(WISH.id(), why));
    }
    assertThat(test.permits(), is(true));
  }

  @Test
  public void whoeverWaitsIsToldThatNobodyDecided() throws Exception {
    test.desk.take(WISH);
    test.pass(Duration.ofHours(24));
    Eventually.holds(() -> test.world.sent().size() == 2);
    assertThat(said(test.world.sent().get(1)).word(), is(AccessSaid.Word.DENIED));
    assertThat(said(test.world.sent().get(1)).reason(), is("nobody decided in time"));
  }

  @Test
  public void onlyThoseWhoAreNamedAreHeardAndKnown() {
    assertThat(test.desk.hears(AtSign.of("@alice")), is(true));
    assertThat(test.desk.hears(AtSign.of("@mallory")), is(false));
    assertThat(test.desk.knows(AtSign.of("@mallory")), is(false));
    test.configure(Map.of("askers", "*"));
    assertThat(test.desk.hears(AtSign.of("@mallory")), is(true));
    assertThat(
        "anybody is nobody that is known", test.desk.knows(AtSign.of("@mallory")), is(false));
    test.configure(Map.of("askers", ""));
    assertThat(test.desk.hears(AtSign.of("@alice")), is(false));
  }

  @Test
  public void theClientIsToldInTheDevicesName() throws Exception {
    test.desk.take(WISH);
    test.desk.approve(WISH.id(), Optional.of(Duration.ofMinutes(10)));
    test.desk.deny(WISH.id(), "enough");
    Eventually.holds(() -> test.world.sent().size() == 3);
    List<AccessSaid.Word> words =
        test.world.sent().stream().map(TimedAccessesTest::said).map(AccessSaid::word).toList();
    assertThat(
        words,
        is(List.of(AccessSaid.Word.WAITING, AccessSaid.Word.GRANTED, AccessSaid.Word.DENIED)));
    assertThat(
        said(test.world.sent().get(1)).until(),
        is(Optional.of(TestDesk.NOON.plus(Duration.ofMinutes(10)))));
    assertThat(said(test.world.sent().get(2)).reason(), is("enough"));
  }

  private static AccessSaid said(Notification message) {
    try {
      return AccessSaid.parse(SignedEnvelope.parse(message.value()).payload());
    } catch (ProtocolViolation e) {
      throw new AssertionError(e);
    }
  }
}
