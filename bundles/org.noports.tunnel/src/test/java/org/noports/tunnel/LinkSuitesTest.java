package org.noports.tunnel;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.noports.tunnel.SwappedSuites.AES;
import static org.noports.tunnel.SwappedSuites.CHACHA;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.Test;
import org.noports.api.CipherUnavailable;
import org.noports.api.cipher.Departure;
import org.noports.api.cipher.Departure.Reason;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.tunnel.link.NewKeys;

/** What one end offers, and when; the other end is the test. */
public class LinkSuitesTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final SwappedSuites here = new SwappedSuites(AES, CHACHA);
  private final List<Suite> offered = new ArrayList<>();
  private final List<Suite> inClear = new ArrayList<>();
  private final Link link = new Link();
  private LinkSuites suites;

  private final class Link implements Exchanges {
    SuiteAlgorithms inUse = held(AES);
    Optional<SuiteAlgorithms> offer = Optional.empty();
    boolean busy;

    @Override
    public SuiteAlgorithms inUse() {
      return inUse;
    }

    @Override
    public boolean busy() {
      return busy;
    }

    @Override
    public void offer(SuiteAlgorithms algorithms) {
      offered.add(algorithms.suite());
      offer = Optional.of(algorithms);
      busy = true;
    }

    @Override
    public void leave(SuiteAlgorithms algorithms) {
      inClear.add(algorithms.suite());
      offer = Optional.of(algorithms);
      busy = true;
    }

    /** The exchange is over, and both ends have what {@code agreed} says. */
    void changed(SuiteAlgorithms agreed, boolean ours) {
      inUse = agreed;
      busy = false;
      offer = Optional.empty();
      suites.keysChanged(new NewKeys(1, agreed.suite(), agreed.providers(), ours));
      suites.goOn();
    }

    void accepted() {
      changed(offer.orElseThrow(), true);
    }

    void declined() {
      Suite what = offer.orElseThrow().suite();
      busy = false;
      suites.declined(what);
      suites.goOn();
    }
  }

  private SuiteAlgorithms held(Suite suite) {
    try {
      return here.algorithms(suite).orElseThrow().held();
    } catch (CipherUnavailable e) {
      throw new AssertionError(e);
    }
  }

  private void begin() {
    channel.freezeTime();
    suites = new LinkSuites(channel.eventLoop(), here, link);
  }

  private void pass(long millis) {
    channel.runPendingTasks();
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }

  private Departure depart(Suite suite) {
    Departure gone = here.depart(suite, Reason.STOPPED, Duration.ofSeconds(5));
    channel.runPendingTasks();
    return gone;
  }

  private static <T> T now(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(0, TimeUnit.SECONDS);
  }

  @Test
  public void oneOfferFollowsManyChanges() {
    begin();
    depart(CHACHA);
    pass(200);
    here.arrive(CHACHA);
    pass(249);
    assertThat(offered, empty());
    pass(1);
    assertThat(offered, contains(AES));
  }

  @Test
  public void nothingIsOfferedWhileNothingIsHereOrWhenTheLinkIsGone() {
    begin();
    depart(AES);
    depart(CHACHA);
    pass(1000);
    here.arrive(AES);
    channel.runPendingTasks();
    suites.close();
    pass(1000);
    here.arrive(CHACHA);
    pass(1000);
    assertThat(offered, empty());
    assertEquals(0, here.listeners());
  }

  @Test
  public void newsAloneHasNobodyAgreeOnAnythingUnderWhatWasDenied() {
    begin();
    here.depart(AES, Reason.DENIED, Duration.ofSeconds(5));
    pass(1000);
    assertThat("whoever denied it cuts the link", offered, empty());
    here.arrive(AES);
    pass(250);
    assertThat("it is permitted again", offered, contains(AES));
  }

  private Departure deny(Suite suite) {
    Departure gone = here.depart(suite, Reason.DENIED, Duration.ofSeconds(5));
    channel.runPendingTasks();
    return gone;
  }

  @Test
  public void whatIsDeniedIsLeftInClearAndTakenAgainWhenItIsPermitted() throws Exception {
    begin();
    Departure denied = deny(AES);
    var left = suites.abandon(denied);
    assertThat(inClear, contains(CHACHA));
    assertEquals("aes256gcm is denied", suites.cause());
    assertFalse(left.toCompletableFuture().isDone());
    link.accepted();
    assertTrue(now(left));
    assertThat("nothing was said under it", offered, empty());
    pass(1000);
    here.permit(denied);
    pass(250);
    assertThat(offered, contains(AES));
  }

  @Test
  public void whatIsDeniedIsNotLeftInTheLinkIfThatWouldBeSaidUnderIt() throws Exception {
    begin();
    link.busy = true;
    assertFalse(now(suites.abandon(deny(AES))));
    assertThat(inClear, empty());
  }

  @Test
  public void whatIsDeniedIsNotLeftInALinkWhoseOtherEndHasNothingElse() throws Exception {
    begin();
    var left = suites.abandon(deny(AES));
    link.declined();
    assertFalse(now(left));
    assertThat(inClear, contains(CHACHA));
    assertThat(offered, empty());
  }

  @Test
  public void aLinkThatEndsBeforeItHasLeftWhatIsDeniedHasNotLeftIt() throws Exception {
    begin();
    var left = suites.abandon(deny(AES));
    suites.close();
    assertFalse(now(left));
  }

  @Test
  public void whoMustLeaveOffersAtOnceAndHasLeftWhenBothEndsHaveChanged() throws Exception {
    begin();
    var left = suites.leave(depart(AES));
    assertThat(offered, contains(CHACHA));
    assertEquals("bundle.aes256gcm 1 was stopped", suites.cause());
    assertFalse(left.toCompletableFuture().isDone());
    link.accepted();
    assertTrue(now(left));
    pass(1000);
    assertThat("the keys are fresh already", offered, contains(CHACHA));
  }

  @Test
  public void whoCannotLeaveDrainsUntilSomethingElseIsHere() throws Exception {
    begin();
    depart(CHACHA);
    var left = suites.leave(depart(AES));
    assertFalse(now(left));
    assertTrue(suites.draining());
    here.arrive(CHACHA);
    pass(250);
    assertThat(offered, contains(CHACHA));
    link.accepted();
    assertFalse(suites.draining());
  }

  @Test
  public void theSameSuiteOfAnotherProviderIsSomethingElse() throws Exception {
    begin();
    depart(CHACHA);
    Departure gone = depart(AES);
    here.arrive(AES);
    var left = suites.leave(gone);
    assertThat(offered, contains(AES));
    link.accepted();
    assertTrue(now(left));
  }

  @Test
  public void whatTheOtherEndHasNotIsNotOfferedToItAgain() throws Exception {
    begin();
    var left = suites.leave(depart(AES));
    link.declined();
    assertFalse(now(left));
    assertThat(offered, contains(CHACHA));
  }

  @Test
  public void whoseOfferGaveWayOffersAgainWhileItMustLeave() throws Exception {
    begin();
    var left = suites.leave(depart(AES));
    link.changed(link.inUse, false);
    assertThat(offered, contains(CHACHA, CHACHA));
    link.accepted();
    assertTrue(now(left));
  }

  @Test
  public void anExchangeUnderWayIsFinishedFirst() throws Exception {
    begin();
    link.busy = true;
    var left = suites.leave(depart(AES));
    assertThat(offered, empty());
    link.changed(held(CHACHA), false);
    assertTrue(now(left));
    assertThat(offered, empty());
  }

  @Test
  public void whatAnExchangeLeadsToMayHaveToBeLeftToo() {
    begin();
    var rekeyed = suites.rekey(Optional.of(CHACHA));
    suites.leave(depart(CHACHA));
    link.accepted();
    assertThat(offered, contains(CHACHA, AES));
    assertTrue(rekeyed.toCompletableFuture().isDone());
  }

  @Test
  public void aLinkThatEndsHoldsNothing() throws Exception {
    begin();
    var left = suites.leave(depart(AES));
    suites.close();
    assertTrue(now(left));
  }

  @Test
  public void asksForTheSuiteThatSomebodyWantsOrTheBest() throws Exception {
    begin();
    var wanted = suites.rekey(Optional.of(CHACHA));
    link.accepted();
    assertEquals(CHACHA, now(wanted).suite());
    var best = suites.rekey(Optional.empty());
    link.accepted();
    assertEquals(AES, now(best).suite());
  }

  @Test
  public void whoAsksDuringAnotherExchangeGetsWhatHeAskedFor() throws Exception {
    begin();
    link.busy = true;
    var wanted = suites.rekey(Optional.of(CHACHA));
    link.changed(held(AES), true);
    assertFalse(wanted.toCompletableFuture().isDone());
    assertThat(offered, contains(CHACHA));
    link.accepted();
    assertEquals(CHACHA, now(wanted).suite());
    link.busy = true;
    var fresh = suites.rekey(Optional.empty());
    link.changed(held(AES), true);
    assertEquals("fresh keys are all he asked for", AES, now(fresh).suite());
  }

  @Test
  public void saysWhyASuiteCannotBeHad() {
    begin();
    depart(CHACHA);
    var notHere = suites.rekey(Optional.of(CHACHA)).toCompletableFuture();
    assertThat(
        assertThrows(ExecutionException.class, notHere::get).getCause().getMessage(),
        containsString("this one has now: [x25519+sha256+aes256gcm]"));
    here.arrive(CHACHA);
    var notThere = suites.rekey(Optional.of(CHACHA)).toCompletableFuture();
    link.declined();
    Throwable why = assertThrows(ExecutionException.class, notThere::get).getCause();
    assertThat(why.getMessage(), containsString("The other end has not"));
    assertEquals(CipherUnavailable.class, why.getClass());
  }
}
