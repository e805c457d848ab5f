package org.noports.tunnel;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.noports.tunnel.SwappedSuites.AES;
import static org.noports.tunnel.SwappedSuites.CHACHA;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.CipherMisbehaved;
import org.noports.api.CipherUnavailable;
import org.noports.api.cipher.CipherUser.Outcome;
import org.noports.api.cipher.Departure;
import org.noports.api.cipher.Departure.Reason;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.SessionEnd;
import org.noports.api.tunnel.SuiteChange;
import org.noports.testkit.Eventually;

/** What becomes of sessions when the bundles that compute for them go. */
public class LeavingTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Outcome MOVED = new Outcome(1, 0, 0);
  private static final Outcome DRAINED = new Outcome(0, 1, 0);
  private static final Outcome CLOSED = new Outcome(0, 0, 1);

  private final SwappedSuites atClient = new SwappedSuites(AES, CHACHA);
  private final SwappedSuites atDevice = new SwappedSuites(AES, CHACHA);
  private World world;

  @Before
  public void open() throws Exception {
    world = new World();
    world.level = Level.L2;
    world.clientSuites = atClient;
    world.deviceSuites = atDevice;
  }

  @After
  public void close() throws IOException {
    world.close();
  }

  private static BlockingQueue<SuiteChange> changes(SessionEnd end) {
    var changes = new LinkedBlockingQueue<SuiteChange>();
    end.onSuite(changes::add);
    return changes;
  }

  private static SuiteChange next(BlockingQueue<SuiteChange> changes) throws Exception {
    return Optional.ofNullable(changes.poll(30, TimeUnit.SECONDS)).orElseThrow();
  }

  private Outcome clientLeaves(Departure departure) throws Exception {
    return World.get(world.client.leave(departure));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  public void aSessionMovesWhileItsReaderSleepsAndNothingIsLost() throws Exception {
    world.open(world.target());
    var heard = changes(world.deviceEnd);
    byte[] content = new byte[24 << 20];
    new Random(1).nextBytes(content);
    try (Entrance entrance = world.entrance();
        Socket application = World.connect(entrance);
        Socket service = world.service.accept()) {
      var written = new CompletableFuture<Boolean>();
      World.daemon(
          () -> {
            application.getOutputStream().write(content);
            application.shutdownOutput();
            written.complete(true);
          });
      // Nobody reads at the service: all credit is used up, and the writer stands.
      assertEquals(Map.of(atClient.provider(AES), 1), world.client.usage());
      assertEquals(MOVED, clientLeaves(atClient.depart(AES, Reason.STOPPED, LONG)));
      assertFalse(written.isDone());
      assertEquals(Map.of(atClient.provider(CHACHA), 1), world.client.usage());
      SuiteChange change = next(heard);
      assertEquals(AES, change.from());
      assertEquals(CHACHA, change.suite());
      assertTrue(change.byClient());
      assertEquals("bundle.chacha20poly1305 1", change.providers());
      assertArrayEquals(content, service.getInputStream().readAllBytes());
    }
  }

  @Test
  public void bothEndsLoseTheSameAtOnce() throws Exception {
    world.open(world.target());
    world.echo();
    try (Entrance entrance = world.entrance();
        Socket application = World.connect(entrance)) {
      var atBoth =
          world
              .client
              .leave(atClient.depart(AES, Reason.STOPPED, LONG))
              .thenCombine(
                  world.device.leave(atDevice.depart(AES, Reason.STOPPED, LONG)), Outcome::and);
      // One end's offer may have moved the other before it was told.
      Outcome outcome = World.get(atBoth);
      assertEquals(new Outcome(outcome.moved(), 0, 0), outcome);
      assertEquals(Set.of(atClient.provider(CHACHA)), world.client.usage().keySet());
      application.getOutputStream().write(5);
      assertEquals(5, application.getInputStream().read());
      assertEquals(Set.of(atDevice.provider(CHACHA)), world.device.usage().keySet());
    }
  }

  @Test
  public void oneWhoseLoopIsTooBusyForItsDeadlineIsCountedAllTheSame() throws Exception {
    world.open(world.target());
    var busy = new CountDownLatch(1);
    try {
      // More than there are loops: each has one of them.
      for (int i = 0; i < 64; i++) {
        world.client.loops().next().execute(() -> await(busy));
      }
      assertEquals(CLOSED, clientLeaves(atClient.depart(AES, Reason.DENIED, Duration.ofMillis(1))));
    } finally {
      busy.countDown();
    }
  }

  @Test
  public void whoeverDoesNotAnswerEndsAtTheDeadline() throws Exception {
    try (StallingHop hop = new StallingHop(world.relay.clientAddress())) {
      world.way = Optional.of(hop.leg());
      world.open(world.target());
      hop.stall();
      assertEquals(
          CLOSED, clientLeaves(atClient.depart(AES, Reason.STOPPED, Duration.ofMillis(500))));
      String why = World.get(world.clientEnd.ended());
      assertThat(why, containsString("bundle.aes256gcm 1 was stopped"));
      assertEquals(CipherUnavailable.class, world.clientEnd.failure().orElseThrow().getClass());
    }
  }

  @Test
  public void withNothingElseItDrainsWhenStoppedAndEndsWhenUninstalled() throws Exception {
    world.open(world.target());
    world.echo();
    atClient.depart(CHACHA, Reason.STOPPED, LONG);
    try (Entrance entrance = world.entrance();
        Socket application = World.connect(entrance)) {
      Departure stopped = atClient.depart(AES, Reason.STOPPED, LONG);
      assertEquals(DRAINED, clientLeaves(stopped));
      assertTrue(world.clientEnd.draining());
      application.getOutputStream().write(5);
      assertEquals(5, application.getInputStream().read());
      var removed = new Departure(stopped.providers(), Reason.UNINSTALLED, LONG);
      assertEquals(CLOSED, clientLeaves(removed));
      assertThrows(IOException.class, () -> application.getInputStream().read());
      assertEquals(Map.of(), world.client.usage());
    }
  }

  @Test
  public void whatTheOtherEndHasNotIsNothingElse() throws Exception {
    world.open(world.target());
    atDevice.depart(CHACHA, Reason.STOPPED, LONG);
    assertEquals(DRAINED, clientLeaves(atClient.depart(AES, Reason.STOPPED, LONG)));
    atClient.arrive(AES);
    assertEquals(AES, next(changes(world.clientEnd)).suite());
    // The change is told first, and what follows from it behind that.
    Eventually.holds(() -> !world.clientEnd.draining());
  }

  private static CompletableFuture<String> lost(SessionEnd end) {
    var lost = new CompletableFuture<String>();
    end.onLink(
        new SessionEnd.LinkListener() {
          @Override
          public void lost(String why) {
            lost.complete(why);
          }

          @Override
          public void restored() {
            // The connection tells.
          }
        });
    return lost;
  }

  @Test
  public void whatSealsRecordsIsLeftInTheLinkWhenDeniedAndNothingUnderWayIsLost() throws Exception {
    world.open(world.target());
    world.echo();
    var atDeviceEnd = changes(world.deviceEnd);
    var atClientEnd = changes(world.clientEnd);
    var lost = lost(world.clientEnd);
    byte[] content = new byte[32 << 20];
    new Random(2).nextBytes(content);
    try (Entrance entrance = world.entrance();
        Socket application = World.connect(entrance)) {
      World.daemon(
          () -> {
            application.getOutputStream().write(content);
            application.shutdownOutput();
          });
      InputStream back = application.getInputStream();
      byte[] heard = back.readNBytes(1 << 20);
      for (int round = 1; round < 8; round++) {
        boolean client = round % 2 == 1;
        SwappedSuites suites = client ? atClient : atDevice;
        Departure denied = suites.depart(AES, Reason.DENIED, LONG);
        assertEquals(MOVED, World.get((client ? world.client : world.device).leave(denied)));
        for (var changes : List.of(atClientEnd, atDeviceEnd)) {
          SuiteChange change = next(changes);
          assertEquals(CHACHA, change.suite());
          assertEquals(client, change.byClient());
          assertEquals("the link is the same", 0, change.link());
        }
        heard = join(heard, back.readNBytes(2 << 20));
        suites.permit(denied);
        assertEquals("permitted again", AES, next(atClientEnd).suite());
        assertEquals("permitted again", AES, next(atDeviceEnd).suite());
      }
      assertArrayEquals(content, join(heard, back.readAllBytes()));
      assertFalse("no other link was needed", lost.isDone());
    }
  }

  private static byte[] join(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }

  @Test
  public void bothEndsMayDenyTheSameAtOnce() throws Exception {
    world.open(world.target());
    world.echo();
    try (Entrance entrance = world.entrance();
        Socket application = World.connect(entrance)) {
      var atBoth =
          world
              .client
              .leave(atClient.depart(AES, Reason.DENIED, LONG))
              .thenCombine(
                  world.device.leave(atDevice.depart(AES, Reason.DENIED, LONG)), Outcome::and);
      assertEquals(0, World.get(atBoth).closed());
      application.getOutputStream().write(5);
      assertEquals(5, application.getInputStream().read());
      assertEquals(Set.of(atDevice.provider(CHACHA)), world.device.usage().keySet());
    }
  }

  @Test
  public void whatMadeTheSecretsIsLeftByAResumptionAndNotInALinkThatTrustsIt() throws Exception {
    var agreements = new SwappedSuites(PresentAlgorithm.KEY_AGREEMENT, AES, CHACHA);
    world.clientSuites = agreements;
    deniedIsLeftByAResumption(agreements);
  }

  @Test
  public void whatSealsRecordsIsLeftByAResumptionIfTheOtherEndHadNothingElse() throws Exception {
    world.clientSuites = atClient;
    atDevice.depart(CHACHA, Reason.STOPPED, LONG);
    deniedIsLeftByAResumption(atClient);
  }

  private void deniedIsLeftByAResumption(SwappedSuites suites) throws Exception {
    world.open(world.target());
    world.echo();
    try (Entrance entrance = world.entrance();
        Socket application = World.connect(entrance)) {
      var changes = changes(world.clientEnd);
      var lost = lost(world.clientEnd);
      var left = world.client.leave(suites.depart(AES, Reason.DENIED, LONG));
      lost.get(30, TimeUnit.SECONDS);
      assertEquals(Map.of(), world.client.usage());
      assertFalse(left.toCompletableFuture().isDone());
      application.getOutputStream().write(5);
      atDevice.arrive(CHACHA);
      atDevice.depart(AES, Reason.STOPPED, LONG);
      world.relink(2);
      assertEquals(MOVED, World.get(left));
      assertEquals(5, application.getInputStream().read());
      assertTrue("no exchange was made", changes.isEmpty());
      assertEquals(Set.of(suites.provider(CHACHA)), world.client.usage().keySet());
    }
  }

  @Test
  public void whoDoesNotAnswerIsCutOffAndEndsAtTheDeadline() throws Exception {
    try (StallingHop hop = new StallingHop(world.relay.clientAddress())) {
      world.way = Optional.of(hop.leg());
      world.open(world.target());
      hop.stall();
      var lost = lost(world.clientEnd);
      assertEquals(
          CLOSED, clientLeaves(atClient.depart(AES, Reason.DENIED, Duration.ofMillis(500))));
      assertThat(World.get(lost), containsString("nothing more is sent under it"));
    }
  }

  @Test
  public void whoDeniesTheLastOneEndsItsSessionsAtOnce() throws Exception {
    world.open(world.target());
    atClient.depart(CHACHA, Reason.STOPPED, LONG);
    assertEquals(CLOSED, clientLeaves(atClient.depart(AES, Reason.DENIED, LONG)));
    assertEquals(CipherUnavailable.class, world.clientEnd.failure().orElseThrow().getClass());
  }

  @Test
  public void aSessionThatUsesSomethingElseHearsNothing() throws Exception {
    world.open(world.target());
    assertEquals(Outcome.NOTHING, clientLeaves(atClient.depart(CHACHA, Reason.UNINSTALLED, LONG)));
    assertFalse(world.clientEnd.ended().toCompletableFuture().isDone());
  }

  @Test
  public void levelOneDrainsWhenStoppedAndItsNextConnectionFailsByName() throws Exception {
    world.level = Level.L1;
    world.open(world.target());
    world.echo();
    var aes = Set.of(world.clientCipher.provider);
    try (Entrance entrance = world.entrance();
        Socket application = World.connect(entrance)) {
      application.getOutputStream().write(1);
      assertEquals(1, application.getInputStream().read());
      world.clientCipher.present(false);
      assertEquals(DRAINED, clientLeaves(new Departure(aes, Reason.STOPPED, LONG)));
      assertTrue(world.clientEnd.draining());
      application.getOutputStream().write(2);
      assertEquals(2, application.getInputStream().read());
      var another = world.clientEnd.connect().toCompletableFuture();
      Throwable why = assertThrows(ExecutionException.class, another::get).getCause();
      assertEquals(CipherUnavailable.class, why.getClass());
      assertEquals(CLOSED, clientLeaves(new Departure(aes, Reason.UNINSTALLED, LONG)));
      assertEquals(-1, application.getInputStream().read());
      assertEquals(CipherUnavailable.class, world.clientEnd.failure().orElseThrow().getClass());
    }
  }

  /** The client's cipher is taken away behind its n-th call to the relay. */
  private void takeAwayBehind(int dials) {
    var leg = world.relay.clientLeg();
    var count = new AtomicInteger();
    world.level = Level.L1;
    world.way =
        Optional.of(
            () ->
                leg.dial()
                    .whenComplete(
                        (stream, failure) ->
                            world.clientCipher.present(count.incrementAndGet() < dials)));
  }

  @Test
  public void noSessionOpensUnderWhatWasTakenAwayWhileItDialled() throws Exception {
    takeAwayBehind(1);
    world.openDevice(world.target());
    Throwable why = assertThrows(ExecutionException.class, () -> world.openClient(1)).getCause();
    assertEquals(CipherUnavailable.class, why.getClass());
    Eventually.holds(() -> world.client.usage().isEmpty());
  }

  @Test
  public void noConnectionOpensUnderWhatWasTakenAwayWhileItDialled() throws Exception {
    takeAwayBehind(2);
    world.open(world.target());
    var connection = world.clientEnd.connect().toCompletableFuture();
    Throwable why = assertThrows(ExecutionException.class, connection::get).getCause();
    assertEquals(CipherUnavailable.class, why.getClass());
  }

  @Test
  public void eitherEndAsksForASuiteAndBothSeeTheSame() throws Exception {
    world.open(world.target());
    var atOther = changes(world.clientEnd);
    SuiteChange ours = World.get(world.deviceEnd.rekey(Optional.of(CHACHA)));
    SuiteChange theirs = next(atOther);
    assertFalse(ours.byClient());
    assertFalse(theirs.byClient());
    assertEquals(ours.epoch(), theirs.epoch());
    assertEquals(ours.link(), theirs.link());
    assertEquals(CHACHA, theirs.suite());
    assertEquals("asked for at this end", ours.cause());
    SuiteChange fresh = World.get(world.clientEnd.rekey(Optional.of(CHACHA)));
    assertFalse(fresh.isSwap());
    assertEquals(2, fresh.epoch());
  }

  @Test
  public void whatMisbehavesIsLeftByThatNameAndByNobodyElse() throws Exception {
    world.open(world.target());
    assertEquals(CLOSED, clientLeaves(atClient.depart(AES, Reason.MISBEHAVED, LONG)));
    assertThat(World.get(world.clientEnd.ended()), containsString("is not to be believed"));
    assertEquals(CipherMisbehaved.class, world.clientEnd.failure().orElseThrow().getClass());
    assertEquals(
        "another asks for nothing that is gone",
        Outcome.NOTHING,
        clientLeaves(atClient.depart(CHACHA, Reason.MISBEHAVED, LONG)));
  }

  @Test
  public void aHundredSessionsEndWithTheirTunnelAndWaitForNoCipher() throws Exception {
    for (int session = 0; session < 100; session++) {
      world.open(world.target());
    }
    assertEquals(Map.of(atClient.provider(AES), 100), world.client.usage());
    long begun = System.nanoTime();
    world.client.deactivate();
    assertThat(Duration.ofNanos(System.nanoTime() - begun), lessThan(Duration.ofSeconds(5)));
    assertThat(World.get(world.clientEnd.ended()), containsString("the tunnel is being stopped"));
    assertEquals(Outcome.NOTHING, clientLeaves(atClient.depart(AES, Reason.UNINSTALLED, LONG)));
  }
}
