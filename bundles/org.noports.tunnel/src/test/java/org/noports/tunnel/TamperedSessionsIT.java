package org.noports.tunnel;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.HostPort;
import org.noports.api.audit.AuditEvent;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.RelayLeg;
import org.noports.api.tunnel.SessionEnd;
import org.noports.testkit.fakes.RecordingAudit;
import org.noports.testkit.relay.AdversarialRelay;
import org.noports.transport.ChannelStream;
import org.noports.transport.EventLoops;

/**
 * Sessions through a relay of another process that tampers with each but the first, while an
 * application carries bytes to a service and back.
 */
public class TamperedSessionsIT {
  private static final int SESSIONS = 200;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final EventLoops loops = EventLoops.start("to-the-relay", 1);
  private final RecordingAudit audit = new RecordingAudit();
  private final byte[] content = new byte[3 << 20];
  private World world;
  private CompletableFuture<Boolean> said;

  @Before
  public void open() throws Exception {
    new Random(1).nextBytes(content);
    world = new World();
    world.level = Level.L2;
    world.client.bindAudit(audit);
    world.device.bindAudit(audit);
    world.echo();
  }

  @After
  public void close() throws IOException {
    world.close();
    loops.close();
  }

  private RelayLeg leg(int port) {
    return () ->
        loops
            .dial(new HostPort("127.0.0.1", port), Duration.ofSeconds(10))
            .thenApply(ChannelStream::over);
  }

  /** Completes when a link of the end is lost. */
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
            // Another link may carry it on.
          }
        });
    return lost;
  }

  private void openThrough(AdversarialRelay relay, int number) throws Exception {
    // Each session has secrets of its own, or a record of the one before would be no stranger.
    world.handshake = 1 + number % 100 * 2;
    world.way = Optional.of(leg(relay.clientPort()));
    world.deviceWay = Optional.of(leg(relay.devicePort()));
    world.open(world.target());
  }

  private void closeSession() throws Exception {
    world.clientEnd.close();
    world.deviceEnd.close();
    World.get(world.clientEnd.ended());
    World.get(world.deviceEnd.ended());
  }

  private Socket talk(Entrance entrance) throws IOException {
    Socket application = World.connect(entrance);
    said = new CompletableFuture<>();
    var saying = said;
    World.daemon(
        () -> {
          try {
            application.getOutputStream().write(content);
            application.shutdownOutput();
            saying.complete(true);
          } catch (IOException e) {
            saying.complete(false);
          }
        });
    return application;
  }

  private List<AuditEvent> violations() {
    return audit.events("link-violated");
  }

  @Test
  public void eachLosesItsLinkByAViolationThatIsAuditedAtBothEnds() throws Exception {
    try (var relay = AdversarialRelay.pairing(20_261_121, true)) {
      for (int number = 0; number <= SESSIONS; number++) {
        openThrough(relay, number);
        var lost = List.of(lost(world.clientEnd), lost(world.deviceEnd));
        try (Entrance entrance = world.entrance();
            Socket application = talk(entrance)) {
          if (number == 0) {
            assertArrayEquals(content, application.getInputStream().readAllBytes());
            assertEquals(List.of(), violations());
          } else {
            String attack = relay.awaitAttack(number, LIMIT);
            for (var end : lost) {
              end.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
            assertEquals(attack + violations(), 2 * number, violations().size());
            carryOn(number, application);
          }
        }
        closeSession();
      }
    }
    System.out.println("NP2: " + SESSIONS + " tampered sessions, 0 went through");
  }

  /** Every tenth gets a better relay, and loses nothing; the others end without a wrong byte. */
  private void carryOn(int number, Socket application) throws Exception {
    InputStream in = application.getInputStream();
    if (number % 10 == 0) {
      world.relink(world.handshake + 1);
      assertArrayEquals(content, in.readAllBytes());
      return;
    }
    world.clientEnd.close();
    byte[] heard = new byte[content.length];
    int count = 0;
    try {
      for (int read = 0; read >= 0; read = in.read(heard, count, heard.length - count)) {
        count += read;
      }
      // The kernel tells of a reset once: whoever writes at the same time may be the one it tells.
      assertTrue("an end that looks orderly", count == content.length || !World.get(said));
    } catch (IOException e) {
      // Reset: the application knows that it has not heard all.
    }
    assertArrayEquals(Arrays.copyOf(content, count), Arrays.copyOf(heard, count));
  }

  @Test
  public void aLinkThatIsMadeWithAnotherSessionsEndIsAuditedToo() throws Exception {
    world.open(world.target());
    var device = world.deviceEnd.relink(world.relay.deviceLeg(), World.np2(false, 2));
    var client = world.clientEnd.relink(world.relay.clientLeg(), World.np2(true, 3));
    assertThrows(Exception.class, () -> World.get(device));
    assertThrows(Exception.class, () -> World.get(client));
    assertTrue(violations().toString(), !violations().isEmpty());
    String reason = violations().get(0).details().get("reason");
    assertTrue(reason, reason.startsWith("link 0"));
  }
}
