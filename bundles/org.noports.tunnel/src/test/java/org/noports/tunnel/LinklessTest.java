package org.noports.tunnel;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.noports.tunnel.SwappedSuites.AES;
import static org.noports.tunnel.SwappedSuites.CHACHA;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.HostPort;
import org.noports.api.SessionId;
import org.noports.api.Target;
import org.noports.api.audit.Audit;
import org.noports.api.cipher.Departure.Reason;
import org.noports.api.stream.ByteStream;
import org.noports.api.stream.StreamService;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.RelayLeg;
import org.noports.api.tunnel.RemoteEntrance;
import org.noports.api.tunnel.SessionEnd;
import org.noports.api.tunnel.SessionPlan;
import org.noports.api.tunnel.StreamRequest;
import org.noports.transport.ChannelStream;
import org.noports.transport.EventLoops;
import org.noports.transport.LoopBound;
import org.noports.tunnel.stream.DeviceStreams;

/**
 * Both ends of a session whose relay and whose clocks are the test: what they do not hear, and
 * when.
 */
public class LinklessTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final SwappedSuites atClient = new SwappedSuites(AES, CHACHA);
  private final SwappedSuites atDevice = new SwappedSuites(AES, CHACHA);
  private final Place clientPlace = new Place();
  private final Place devicePlace = new Place();
  private ResumableClient client;
  private ResumableDevice device;
  private List<CompletableFuture<String>> lostSince = List.of();

  /** A connection to the relay, of which the test takes what is sent. */
  private static final class Relayed extends EmbeddedChannel implements LoopBound {}

  /** Where one end is: a loop with its clock, and the connection of its first link. */
  private static final class Place implements Surroundings {
    final EmbeddedChannel clock = new EmbeddedChannel();
    final Relayed relay = new Relayed();

    Place() {
      clock.freezeTime();
      relay.freezeTime();
    }

    void pass(Duration time) {
      for (EmbeddedChannel each : new EmbeddedChannel[] {clock, relay}) {
        each.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        each.runScheduledPendingTasks();
      }
      run();
    }

    void run() {
      clock.runPendingTasks();
      relay.runPendingTasks();
    }

    @Override
    public EventLoops loops() {
      throw new AssertionError("No session of NP2 takes one of these");
    }

    @Override
    public EventLoop loopOf(Np2Keys keys) {
      return clock.eventLoop();
    }

    @Override
    public boolean isOnLoop() {
      return true;
    }

    @Override
    public TunnelSettings settings() {
      return TunnelSettings.DEFAULT;
    }

    @Override
    public Optional<Audit> audit() {
      return Optional.empty();
    }

    @Override
    public ReverseEntrances listening() {
      return new ReverseEntrances();
    }

    @Override
    public Optional<StreamService> service(String name) {
      return Optional.empty();
    }
  }

  /** Nobody asks for a stream here. */
  private static final class NoStreams implements DeviceStreams {
    @Override
    public CompletionStage<Exit> open(StreamRequest.Outgoing request, EventLoop loop) {
      return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<RemoteEntrance> listen(StreamRequest.Listen request, Back back) {
      return new CompletableFuture<>();
    }

    @Override
    public void linkless(boolean now) {
      // Nobody listens.
    }

    @Override
    public void review() {
      // There is none to be looked at again.
    }

    @Override
    public void close() {
      // There is none to be closed.
    }
  }

  @Before
  public void open() {
    Np2Keys clients = World.np2(true, 1, atClient);
    Np2Keys devices = World.np2(false, 1, atDevice);
    Target target = new Target.Tcp(new HostPort("127.0.0.1", 22));
    client = new ResumableClient(plan(clientPlace, clients), clients, clientPlace);
    device =
        new ResumableDevice(
            plan(devicePlace, devices), devices, devicePlace, new NoStreams(), target);
    var opened = client.begin(clients).toCompletableFuture();
    var other = device.begin(devices).toCompletableFuture();
    lostSince = List.of(lost(client), lost(device));
    pump();
    assertTrue(opened.isDone() && other.isDone());
  }

  /** It ends by nothing but what the test is about. */
  private static SessionPlan plan(Place place, Np2Keys keys) {
    RelayLeg leg = () -> CompletableFuture.completedFuture(ChannelStream.over(place.relay));
    return new SessionPlan(SessionId.random(), leg, keys, LONG, Optional.empty());
  }

  @After
  public void close() {
    client.close();
    device.close();
    for (Place place : new Place[] {clientPlace, devicePlace}) {
      place.relay.finishAndReleaseAll();
      place.clock.finishAndReleaseAll();
    }
  }

  /** All that is on its way from one to the other arrives. */
  private static boolean carry(Place from, Place to) {
    from.run();
    boolean any = false;
    for (ByteBuf part = from.relay.readOutbound(); part != null; part = from.relay.readOutbound()) {
      any = true;
      to.relay.writeInbound(part);
    }
    to.run();
    return any;
  }

  private void pump() {
    boolean any = true;
    while (any) {
      any = carry(clientPlace, devicePlace);
      any |= carry(devicePlace, clientPlace);
    }
  }

  /** Another link is asked for, and never comes. */
  private static void endsByItsLimit(ResumableSession end, Place place, Np2Keys next) {
    end.relink(() -> new CompletableFuture<ByteStream>(), next);
    var ended = end.ended().toCompletableFuture();
    place.pass(Duration.ofSeconds(299));
    assertFalse(ended.isDone());
    place.pass(Duration.ofSeconds(1));
    assertTrue("it would stand for ever", ended.isDone());
    assertThat(ended.join(), containsString("it had no link for 300 s"));
  }

  @Test
  public void theFirstLinkTakesNobodysPlace() {
    lostSince.forEach(lost -> assertFalse("another would be asked for", lost.isDone()));
    clientPlace.pass(Duration.ofSeconds(301));
    assertFalse(client.ended().toCompletableFuture().isDone());
  }

  @Test
  public void whoHasAnsweredThatACipherIsLeftWaitsForNoOtherLinkForEver() {
    client.leave(atClient.depart(AES, Reason.DENIED, LONG));
    carry(clientPlace, devicePlace);
    assertEquals("it has answered", CHACHA, device.suites().get(0).suite());
    endsByItsLimit(device, devicePlace, World.np2(false, 2, atDevice));
  }

  @Test
  public void whoLeavesACipherWaitsForNoOtherLinkForEver() {
    client.leave(atClient.depart(AES, Reason.DENIED, LONG));
    endsByItsLimit(client, clientPlace, World.np2(true, 2, atClient));
  }

  @Test
  public void whoAsksForALinkTwiceWaitsNoLonger() {
    device.relink(() -> new CompletableFuture<ByteStream>(), World.np2(false, 2, atDevice));
    devicePlace.pass(Duration.ofSeconds(200));
    device.relink(() -> new CompletableFuture<ByteStream>(), World.np2(false, 3, atDevice));
    devicePlace.pass(Duration.ofSeconds(100));
    assertTrue(device.ended().toCompletableFuture().isDone());
  }

  @Test
  public void whatWasAskedForBeforeACipherWasLeftIsFinishedInTime() {
    var asked = device.rekey(Optional.of(AES)).toCompletableFuture();
    client.leave(atClient.depart(AES, Reason.DENIED, LONG));
    carry(clientPlace, devicePlace);
    assertEquals("the cipher is left", CHACHA, device.suites().get(0).suite());
    assertFalse("it is asked for once more, and nobody answers", asked.isDone());
    var lost = lost(device);
    devicePlace.pass(Duration.ofSeconds(29));
    assertFalse(lost.isDone());
    devicePlace.pass(Duration.ofSeconds(1));
    assertThat(lost.getNow("It stands"), containsString("does not finish an exchange of keys"));
  }

  private static CompletableFuture<String> lost(ResumableSession end) {
    var lost = new CompletableFuture<String>();
    end.onLink(
        new SessionEnd.LinkListener() {
          @Override
          public void lost(String why) {
            lost.complete(why);
          }

          @Override
          public void restored() {
            // No other link comes.
          }
        });
    return lost;
  }
}
