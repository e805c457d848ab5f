package org.noports.atserver;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.noports.atserver.TwoAtSigns.ALICE;
import static org.noports.atserver.TwoAtSigns.BOB;
import static org.noports.atserver.TwoAtSigns.get;
import static org.noports.atserver.TwoAtSigns.refusal;
import static org.noports.atserver.TwoAtSigns.toBob;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtServerUnavailable;
import org.noports.api.AtSign;
import org.noports.api.Subscription;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Notification;

public class ReconnectingTest {
  @Rule public final TwoAtSigns two = new TwoAtSigns();

  @Test
  public void aRequestAfterALostConnectionGoesOverTheNextOne() throws Exception {
    AtServerSession alice = two.session(ALICE);
    monitorIsUp("@alice");
    two.world.dropAll();
    two.world.await("@alice> monitor:");
    assertThat(get(alice.scan("nothing")).size(), is(1));
    assertThat(two.forgotten.poll(60, TimeUnit.SECONDS), is(ALICE));
  }

  @Test
  public void whatWasToldWhileWeWereAwayArrivesOnceAndInOrder() throws Exception {
    AtServerSession bob = two.session(BOB);
    monitorIsUp("@bob");
    BlockingQueue<Notification> inbox = two.inbox(bob);
    AtServerSession alice = two.session(ALICE);
    get(alice.notify(toBob("1.sshnp", "1")));
    assertThat(inbox.poll(60, TimeUnit.SECONDS).value(), is("1"));
    List<String> missed = missedWhileAway(alice);
    assertThat(missed, is(List.of("2", "3", "4")));
    List<String> heard = new ArrayList<>();
    for (int i = 0; i < missed.size(); i++) {
      heard.add(inbox.poll(60, TimeUnit.SECONDS).value());
    }
    assertThat(heard, is(missed));
    get(alice.notify(toBob("5.sshnp", "5")));
    assertThat("nothing comes twice", inbox.poll(60, TimeUnit.SECONDS).value(), is("5"));
    assertThat(inbox.poll(), nullValue());
  }

  /**
   * @bob's atServer does not push three notifications, then drops him.
   */
  private List<String> missedWhileAway(AtServerSession alice) throws Exception {
    List<String> missed = new ArrayList<>();
    two.world.mute = true;
    for (int i = 2; i <= 4; i++) {
      get(alice.notify(toBob(i + ".sshnp", "" + i)));
      missed.add("" + i);
    }
    two.world.mute = false;
    two.world.dropAll();
    return missed;
  }

  @Test
  public void aConnectionThatFellSilentIsReplaced() throws Exception {
    two.atServers.stop();
    two.atServers = two.connecting(TwoAtSigns.settings(Duration.ofMillis(200)));
    AtServerSession alice = two.session(ALICE);
    two.world.await("@alice> monitor:");
    two.world.await("@alice> noop:0");
    two.world.deaf = true;
    assertThat(two.forgotten.poll(60, TimeUnit.SECONDS), is(ALICE));
    two.world.deaf = false;
    two.world.heard.clear();
    two.world.await("@alice> monitor:");
    assertThat(get(alice.scan("nothing")).size(), is(1));
  }

  @Test
  public void garbageEndsTheConnectionAndTheNextOneHears() throws Exception {
    AtServerSession bob = two.session(BOB);
    monitorIsUp("@bob");
    BlockingQueue<Notification> inbox = two.inbox(bob);
    two.world.say("@bob", "\u0001\u0002 this is no atServer any more\n");
    two.world.await("@bob> monitor:");
    get(two.session(ALICE).notify(toBob("1.sshnp", "after garbage")));
    assertThat(inbox.poll(60, TimeUnit.SECONDS).value(), is("after garbage"));
  }

  @Test
  public void textThatArrivesByteByByteIsUnderstood() throws Exception {
    two.world.chunk = 1;
    AtServerSession bob = two.session(BOB);
    BlockingQueue<Notification> inbox = two.inbox(bob);
    monitorIsUp("@bob");
    two.world.say("@bob", "@bob@");
    get(two.session(ALICE).notify(toBob("1.sshnp", "in pieces")));
    assertThat(inbox.poll(60, TimeUnit.SECONDS).value(), is("in pieces"));
  }

  @Test
  public void whileThereIsNoAtServerRequestsFailByNameAndItHealsByItself() throws Exception {
    AtServerSession alice = two.session(ALICE);
    monitorIsUp("@alice");
    two.world.script = line -> Optional.of("error:AT0024-Exception: paused\n");
    two.world.dropAll();
    CompletionStage<List<String>> asked = alice.scan("x");
    String message = refusal(AtServerUnavailable.class, asked).getMessage();
    assertThat(message, containsString("@alice"));
    two.world.script = line -> Optional.empty();
    two.world.heard.clear();
    two.world.await("@alice> monitor:");
  }

  @Test
  public void whoAsksRightAfterAFailureGetsTheOutcomeOfAnAttemptOfNow() throws Exception {
    AtServerSession alice = two.session(ALICE);
    monitorIsUp("@alice");
    two.world.script = line -> Optional.of("error:AT0024-Exception: paused\n");
    two.world.dropAll();
    refusal(AtServerUnavailable.class, alice.scan("nothing"));
    two.world.script = line -> Optional.empty();
    assertThat(get(alice.scan("nothing")).size(), is(1));
  }

  @Test
  public void whoAsksAgainAndAgainMakesNoStormOfAttempts() throws Exception {
    AtServerSession alice = two.session(ALICE);
    monitorIsUp("@alice");
    two.world.script = line -> Optional.of("error:AT0024-Exception: paused\n");
    two.world.dropAll();
    long begun = System.nanoTime();
    for (int i = 0; i < 5; i++) {
      refusal(AtServerUnavailable.class, alice.scan("nothing"));
    }
    // Of the last three attempts each begins at least 125, 250 and 500 ms after the one before.
    assertThat(Duration.ofNanos(System.nanoTime() - begun), greaterThan(Duration.ofMillis(800)));
  }

  @Test
  public void whileTheDirectoryIsAwayTheAddressThatWasGoodIsDialled() throws Exception {
    two.session(ALICE);
    monitorIsUp("@alice");
    two.lost = true;
    two.world.dropAll();
    monitorIsUp("@alice");
  }

  @Test
  public void whatCameBeforeAnybodyListenedWaitsForTheFirstWhoDoes() throws Exception {
    AtServerSession bob = two.session(BOB);
    monitorIsUp("@bob");
    AtServerSession alice = two.session(ALICE);
    get(alice.notify(toBob("1.sshnp", "early")));
    get(alice.notify(toBob("2.other", "for nobody")));
    BlockingQueue<Notification> inbox = two.inbox(bob);
    assertThat(inbox.poll(60, TimeUnit.SECONDS).value(), is("early"));
    assertThat(inbox.poll(), nullValue());
  }

  @Test
  public void aClosedSubscriptionHearsNothingMore() throws Exception {
    AtServerSession bob = two.session(BOB);
    List<String> heard = new ArrayList<>();
    Subscription closed = bob.subscribe(name -> true, each -> heard.add(each.value()));
    closed.close();
    BlockingQueue<Notification> inbox = two.inbox(bob);
    get(two.session(ALICE).notify(toBob("1.sshnp", "x")));
    inbox.poll(60, TimeUnit.SECONDS);
    assertThat(heard, is(List.of()));
  }

  @Test
  public void aListenerThatThrowsDisturbsNobody() throws Exception {
    AtServerSession bob = two.session(BOB);
    bob.subscribe(
        name -> true,
        each -> {
          throw new IllegalStateException("a listener's bug");
        });
    BlockingQueue<Notification> inbox = two.inbox(bob);
    get(two.session(ALICE).notify(toBob("1.sshnp", "x")));
    assertThat(inbox.poll(60, TimeUnit.SECONDS).value(), is("x"));
  }

  @Test
  public void aLookUpThatHangsElsewhereHoldsUpNothing() throws Exception {
    AtServerSession alice = two.session(ALICE);
    two.world.script =
        line ->
            Optional.of("")
                .filter(silence -> line.equals("plookup:bypassCache:true:publickey@dead"));
    alice.publicKeyOf(AtSign.of("@dead"));
    two.world.await("publickey@dead");
    assertThat(get(alice.publicKeyOf(BOB)), is(TwoAtSigns.BOBS_KEYS.encryptionPublicKey()));
    get(alice.notify(toBob("1.sshnp", "x")));
  }

  @Test
  public void aLookUpElsewhereMayTakeLongerThanAnAnswerOfOurOwnAtServer() throws Exception {
    AtServerSession alice = two.session(ALICE);
    String key = TwoAtSigns.BOBS_KEYS.encryptionPublicKey();
    two.world.script =
        line ->
            Optional.of("data:" + key + "\n")
                .filter(answer -> line.startsWith("plookup:") && line.endsWith("publickey@bob"))
                .map(answer -> after(Duration.ofMillis(3_500), answer));
    assertThat(get(alice.publicKeyOf(BOB)), is(key));
  }

  private static String after(Duration time, String answer) {
    return new CompletableFuture<String>()
        .completeOnTimeout(answer, time.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  private void monitorIsUp(String atSign) throws Exception {
    two.world.await(atSign + "> monitor:");
  }
}
