package org.noports.tunnel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.CipherUnavailable;
import org.noports.api.NoPortsException;
import org.noports.api.RelayUnavailable;
import org.noports.api.SessionGone;
import org.noports.api.Target;
import org.noports.api.TargetUnavailable;
import org.noports.api.health.Health;
import org.noports.api.stream.ByteStream;
import org.noports.api.stream.StreamService;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.RelayLeg;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamRequest;

/** A session from an application's socket to a service's, with the relay in between. */
public class TunnelTest {
  private World world;

  @Before
  public void build() throws IOException {
    world = new World();
  }

  @After
  public void tearDown() throws IOException {
    world.close();
  }

  private static byte[] random(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] digest(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  /** Sends everything while reading everything that comes back. */
  private static byte[] exchange(Entrance entrance, byte[] bytes) {
    try (Socket socket = World.connect(entrance)) {
      World.daemon(
          () -> {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
          });
      return socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  public void carriesMegabytesUnchangedAndCountsThem() throws Exception {
    world.echo();
    world.open(world.target());
    byte[] bytes = random(1, 10_000_000);
    assertArrayEquals(digest(bytes), digest(exchange(world.entrance(), bytes)));
    assertEquals(bytes.length, world.clientEnd.traffic().bytesSent());
    assertEquals(bytes.length, world.clientEnd.traffic().bytesReceived());
    assertEquals(bytes.length, world.deviceEnd.traffic().bytesSent());
    assertEquals(1, world.deviceEnd.traffic().total());
  }

  @Test
  public void keepsTwentyParallelConnectionsApart() throws Exception {
    world.echo();
    world.open(world.target());
    Entrance entrance = world.entrance();
    var results = new ArrayList<CompletableFuture<byte[]>>();
    for (int i = 0; i < 20; i++) {
      byte[] bytes = random(i, 300_000 + i);
      var result = new CompletableFuture<byte[]>();
      World.daemon(() -> result.complete(exchange(entrance, bytes)));
      results.add(result);
    }
    for (int i = 0; i < 20; i++) {
      assertArrayEquals(
          "connection " + i, random(i, 300_000 + i), results.get(i).get(60, TimeUnit.SECONDS));
    }
    assertEquals(20, world.clientEnd.traffic().total());
  }

  @Test
  public void worksAtLevelL0WithOneKeyForBothDirections() throws Exception {
    world.level = Level.L0;
    world.echo();
    world.open(world.target());
    byte[] bytes = random(5, 100_000);
    assertArrayEquals(bytes, exchange(world.entrance(), bytes));
  }

  @Test
  public void aConnectionThatIsPermittedNoMoreEndsAndTheSessionGoesOn() throws Exception {
    var withdrawn = new AtomicBoolean();
    world.gate = Optional.of(until(withdrawn));
    world.open(world.target());
    Entrance entrance = world.entrance();
    try (Socket application = World.connect(entrance);
        Socket service = world.service.accept()) {
      service.getOutputStream().write(7);
      assertEquals(7, application.getInputStream().read());
      world.deviceEnd.review();
      service.getOutputStream().write(8);
      assertEquals("what may stay stays", 8, application.getInputStream().read());
      withdrawn.set(true);
      world.deviceEnd.review();
      assertEquals(-1, readOrReset(application));
      assertEquals(-1, readOrReset(service));
    }
    withdrawn.set(false);
    world.echo();
    byte[] bytes = random(6, 1_000);
    assertArrayEquals(bytes, exchange(entrance, bytes));
  }

  /** Admits all; what was admitted may stay until {@code withdrawn}. */
  private static StreamGate until(AtomicBoolean withdrawn) {
    return new StreamGate() {
      @Override
      public CompletionStage<Answer> admit(StreamRequest request) {
        return CompletableFuture.completedFuture(new Admitted("a rule"));
      }

      @Override
      public CompletionStage<Answer> again(StreamRequest request, List<InetAddress> addresses) {
        return CompletableFuture.completedFuture(
            withdrawn.get() ? new Refused("withdrawn") : new Admitted("a rule"));
      }
    };
  }

  @Test
  public void keepsHalfCloseBothWays() throws Exception {
    world.open(world.target());
    try (Socket application = World.connect(world.entrance());
        Socket service = world.service.accept()) {
      service.getOutputStream().write("banner".getBytes(US_ASCII));
      service.shutdownOutput();
      assertEquals("banner", new String(application.getInputStream().readAllBytes(), US_ASCII));
      application.getOutputStream().write("still here".getBytes(US_ASCII));
      application.shutdownOutput();
      assertEquals("still here", new String(service.getInputStream().readAllBytes(), US_ASCII));
    }
  }

  /**
   * How much the kernel holds is the machine's business (its buffers grow to limits that differ
   * from machine to machine, on each of four connections), so the sender has far more than any of
   * them.
   */
  @Test
  public void aSlowReaderStopsTheSender() throws Exception {
    world.open(world.target());
    long endless = 1L << 30;
    try (Socket application = World.connect(world.entrance());
        Socket service = world.service.accept()) {
      var enough = new AtomicBoolean();
      var sent = new CompletableFuture<Long>();
      World.daemon(
          () -> {
            byte[] piece = new byte[1 << 16];
            long bytes = 0;
            for (; bytes < endless && !enough.get(); bytes += piece.length) {
              application.getOutputStream().write(piece);
            }
            application.shutdownOutput();
            sent.complete(bytes);
          });
      application.setSoTimeout(300);
      long before = -1;
      while (world.clientEnd.traffic().bytesSent() != before) {
        before = world.clientEnd.traffic().bytesSent();
        assertThrows(SocketTimeoutException.class, () -> application.getInputStream().read());
      }
      assertThat(before, lessThan(endless));
      enough.set(true);
      service.setSoTimeout(60_000);
      byte[] buffer = new byte[1 << 20];
      long received = 0;
      for (int n = 0; n >= 0; n = service.getInputStream().read(buffer)) {
        received += n;
      }
      assertEquals(sent.get(60, TimeUnit.SECONDS).longValue(), received);
    }
  }

  @Test
  public void endsBothEndsWithASentenceWhenTheRelayIsGone() throws Exception {
    world.open(world.target());
    try (Socket application = World.connect(world.entrance());
        Socket service = world.service.accept()) {
      world.relay.breakAll();
      assertThat(World.get(world.clientEnd.ended()), containsString("control channel"));
      assertThat(World.get(world.deviceEnd.ended()), containsString("control channel"));
      assertEquals(-1, readOrReset(application));
      assertEquals(-1, readOrReset(service));
      var failure =
          assertThrows(ExecutionException.class, () -> World.get(world.clientEnd.connect()));
      assertThat(failure.getCause(), instanceOf(SessionGone.class));
    }
  }

  private static int readOrReset(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read();
    } catch (SocketException reset) {
      return -1;
    }
  }

  @Test
  public void resetsAConnectionWhoseServiceIsNotThereAndGoesOn() throws Exception {
    world.open(world.target());
    Entrance entrance = world.entrance();
    world.service.close();
    try (Socket application = World.connect(entrance)) {
      assertEquals(-1, readOrReset(application));
    }
    assertEquals(false, world.clientEnd.ended().toCompletableFuture().isDone());
  }

  @Test
  public void aConnectionThatIsResetAtOnceIsNotToldAsTheRelays() throws Exception {
    RelayLeg relay = world.relay.clientLeg();
    AtomicBoolean control = new AtomicBoolean(true);
    world.way =
        Optional.of(
            () ->
                control.getAndSet(false)
                    ? relay.dial()
                    : relay.dial().thenCompose(TunnelTest::closed));
    world.open(world.target());
    var failure =
        assertThrows(ExecutionException.class, () -> World.get(world.clientEnd.connect()));
    assertThat(failure.getCause(), instanceOf(TargetUnavailable.class));
    assertThat(failure.getCause().getMessage(), containsString("from the device's side at once"));
  }

  /** The control channel comes to stand; what is dialled next fails so. */
  private static RelayLeg failsSecond(
      RelayLeg relay, NoPortsException failure, AtomicInteger dials) {
    return () ->
        dials.getAndIncrement() == 1 ? CompletableFuture.failedFuture(failure) : relay.dial();
  }

  @Test
  public void aDialThatFailedForCertainCostsOneConnectionOnly() throws Exception {
    var failure = new RelayUnavailable("not there");
    world.way = Optional.of(failsSecond(world.relay.clientLeg(), failure, new AtomicInteger()));
    world.open(world.target());
    world.echo();
    assertThrows(ExecutionException.class, () -> World.get(world.clientEnd.connect()));
    byte[] bytes = random(1, 100);
    assertArrayEquals(bytes, exchange(world.entrance(), bytes));
  }

  @Test
  public void aDialThatTheRelayMayHaveTakenEndsTheSessionInsteadOfMixingConnections()
      throws Exception {
    var failure = RelayUnavailable.undecided("too late");
    world.way = Optional.of(failsSecond(world.relay.clientLeg(), failure, new AtomicInteger()));
    world.open(world.target());
    assertThrows(ExecutionException.class, () -> World.get(world.clientEnd.connect()));
    assertThat(World.get(world.clientEnd.ended()), containsString("may have taken a connection"));
    World.get(world.deviceEnd.ended());
  }

  @Test
  public void aDeviceDialsNotAgainWhereItMayHaveBeenTaken() throws Exception {
    var dials = new AtomicInteger();
    world.deviceWay =
        Optional.of(
            failsSecond(world.relay.deviceLeg(), RelayUnavailable.undecided("too late"), dials));
    world.open(world.target());
    world.clientEnd.connect();
    assertThat(World.get(world.deviceEnd.ended()), containsString("too late"));
    assertEquals(2, dials.get());
  }

  private static CompletionStage<ByteStream> closed(ByteStream stream) {
    stream.close();
    return stream.closed().thenApply(done -> stream);
  }

  @Test
  public void wrongKeysEndInAnErrorAndNotInTheServicesHands() throws Exception {
    world.openDevice(world.target());
    world.openClient(77);
    world.service.setSoTimeout(300);
    try (Socket application = World.connect(world.entrance())) {
      application.getOutputStream().write('x');
      assertThrows(SocketTimeoutException.class, () -> world.service.accept());
      assertEquals(0, world.deviceEnd.traffic().total());
    }
  }

  @Test
  public void withoutACipherNewConnectionsFailByNameAndOpenOnesGoOn() throws Exception {
    world.open(world.target());
    Entrance entrance = world.entrance();
    try (Socket open = World.connect(entrance);
        Socket service = world.service.accept()) {
      for (JdkAes cipher : new JdkAes[] {world.clientCipher, world.deviceCipher}) {
        cipher.present(false);
        try (Socket refused = World.connect(entrance)) {
          assertEquals(-1, readOrReset(refused));
        }
        open.getOutputStream().write('x');
        assertEquals('x', service.getInputStream().read());
        cipher.present(true);
      }
      world.clientCipher.present(false);
      var failure =
          assertThrows(ExecutionException.class, () -> World.get(world.clientEnd.connect()));
      assertThat(failure.getCause(), instanceOf(CipherUnavailable.class));
      world.clientCipher.present(true);
      try (Socket healed = World.connect(entrance);
          Socket again = world.service.accept()) {
        healed.getOutputStream().write('y');
        assertEquals('y', again.getInputStream().read());
      }
    }
  }

  @Test
  public void endsWhenNoConnectionCameWithinTheGracePeriod() throws Exception {
    world.grace = Duration.ofMillis(200);
    world.open(world.target());
    assertThat(bothReasons(), containsString("no connection within"));
  }

  @Test
  public void afterTheGracePeriodItEndsWithItsLastConnection() throws Exception {
    // Long enough for a busy machine to connect within it.
    world.grace = Duration.ofSeconds(2);
    world.open(world.target());
    try (Socket application = World.connect(world.entrance());
        Socket service = world.service.accept()) {
      application.setSoTimeout(2500);
      assertThrows(SocketTimeoutException.class, () -> application.getInputStream().read());
      assertEquals(false, world.clientEnd.ended().toCompletableFuture().isDone());
    }
    assertThat(bothReasons(), containsString("last connection"));
  }

  /** Whichever end is first closes the control channel, which is then the other's reason. */
  private String bothReasons() throws Exception {
    return World.get(world.clientEnd.ended()) + World.get(world.deviceEnd.ended());
  }

  @Test
  public void handsStreamsToAServiceInTheDevicesOwnJvm() throws Exception {
    var seen = new CompletableFuture<String>();
    StreamService shouting =
        (stream, origin) -> {
          ByteBuffer buffer = ByteBuffer.allocate(64);
          stream
              .read(buffer)
              .thenCompose(n -> stream.write(buffer.flip()))
              .thenCompose(done -> stream.endOutput())
              .thenRun(() -> seen.complete(origin.client().toString()));
        };
    world.device.bindService(shouting, Map.of(StreamService.NAME, "loud"));
    world.open(new Target.Service("loud"));
    ByteStream stream = World.get(world.clientEnd.connect());
    World.get(stream.write(ByteBuffer.wrap("hello".getBytes(US_ASCII))));
    assertEquals("hello", readAll(stream));
    assertEquals("@alice", World.get(seen));
    stream.close();
  }

  private static String readAll(ByteStream stream) throws Exception {
    var all = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(3);
    for (int n = World.get(stream.read(buffer)); n >= 0; n = World.get(stream.read(buffer))) {
      all.write(buffer.array(), 0, n);
      buffer.clear();
    }
    return all.toString(US_ASCII);
  }

  @Test
  public void refusesAStreamServiceThatIsNotThere() throws Exception {
    world.open(new Target.Service("absent"));
    ByteStream stream = World.get(world.clientEnd.connect());
    assertThrows(ExecutionException.class, () -> World.get(stream.read(ByteBuffer.allocate(1))));
  }

  @Test
  public void resetsAConnectionWhoseStreamServiceFailsAndGoesOn() throws Exception {
    StreamService broken =
        (stream, origin) -> {
          throw new IllegalStateException("no host key");
        };
    world.device.bindService(broken, Map.of(StreamService.NAME, "broken"));
    world.open(new Target.Service("broken"));
    for (int i = 0; i < 2; i++) {
      // The reset may come before the client has its stream, or after.
      assertThrows(
          ExecutionException.class,
          () -> World.get(World.get(world.clientEnd.connect()).read(ByteBuffer.allocate(1))));
    }
    assertFalse("the session goes on", world.clientEnd.ended().toCompletableFuture().isDone());
  }

  @Test
  public void reportsWhatItCarries() throws Exception {
    world.open(world.target());
    assertEquals(Health.Status.OK, world.client.check().status());
    assertThat(world.client.check().message(), containsString("1 sessions"));
    world.clientEnd.close();
    assertThat(World.get(world.clientEnd.ended()), containsString("closed here"));
    World.get(world.deviceEnd.ended());
  }
}
