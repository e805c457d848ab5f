package org.noports.tunnel;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.SessionRefused;
import org.noports.api.Target;
import org.noports.api.stream.ByteStream;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamRequest;

/** Many streams in one NP2 session. */
public class StreamsTest {
  private World world;

  @Before
  public void open() throws Exception {
    world = new World();
    world.level = Level.L2;
  }

  @After
  public void close() throws IOException {
    world.close();
  }

  @Test
  public void anApplicationHearsItsServiceAndBothEndTheirOutputs() throws Exception {
    world.open(world.target());
    world.echo();
    try (Entrance entrance = world.entrance();
        Socket application = World.connect(entrance)) {
      byte[] said = "Guten Tag".getBytes(StandardCharsets.UTF_8);
      application.getOutputStream().write(said);
      application.shutdownOutput();
      assertArrayEquals(said, application.getInputStream().readAllBytes());
    }
    assertEquals(9, world.clientEnd.traffic().bytesSent());
    assertEquals(9, world.clientEnd.traffic().bytesReceived());
  }

  @Test
  public void whatStandsOnTheRelayIsNotWhatWasSaid() throws Exception {
    world.open(world.target());
    world.echo();
    try (Entrance entrance = world.entrance();
        Socket application = World.connect(entrance)) {
      application.getOutputStream().write(new byte[1000]);
      assertEquals(1000, application.getInputStream().readNBytes(1000).length);
      assertTrue("more than the content", world.relay.fromClients() > 1000);
    }
  }

  @Test
  public void aStreamThatNobodyReadsHoldsUpNoOther() throws Exception {
    world.open(world.target());
    try (Entrance entrance = world.entrance();
        Socket stalled = World.connect(entrance);
        Socket unread = world.service.accept()) {
      World.daemon(() -> fill(stalled));
      World.daemon(() -> fill(unread));
      world.echo();
      for (int i = 0; i < 20; i++) {
        try (Socket application = World.connect(entrance)) {
          byte[] said = new byte[1 << 20];
          said[i] = 1;
          World.daemon(
              () -> {
                application.getOutputStream().write(said);
                application.shutdownOutput();
              });
          assertArrayEquals(said, application.getInputStream().readAllBytes());
        }
      }
      assertEquals(21, world.clientEnd.traffic().total());
    }
  }

  private static void fill(Socket socket) throws IOException {
    byte[] zeros = new byte[65536];
    while (true) {
      socket.getOutputStream().write(zeros);
    }
  }

  @Test
  public void manyStreamsAtOnceAllArrive() throws Exception {
    world.open(world.target());
    world.echo();
    byte[] content = new byte[300_000];
    List<CompletableFuture<Integer>> echoed = new ArrayList<>();
    try (Entrance entrance = world.entrance()) {
      for (int i = 0; i < 50; i++) {
        var answer = new CompletableFuture<Integer>();
        echoed.add(answer);
        World.daemon(
            () -> {
              try (Socket application = World.connect(entrance)) {
                World.daemon(
                    () -> {
                      application.getOutputStream().write(content);
                      application.shutdownOutput();
                    });
                answer.complete(application.getInputStream().readAllBytes().length);
              }
            });
      }
      for (CompletableFuture<Integer> answer : echoed) {
        assertEquals(content.length, (int) answer.get(60, TimeUnit.SECONDS));
      }
    }
  }

  @Test
  public void theDeviceDecidesOnEachStream() throws Exception {
    Target other = Target.of("localhost:1");
    world.gate =
        Optional.of(
            request ->
                CompletableFuture.completedFuture(
                    request.equals(new StreamRequest.Connect(other))
                        ? new StreamGate.Refused("Not there")
                        : new StreamGate.Admitted("a rule")));
    world.open(world.target());
    world.echo();
    var refused =
        assertThrows(
            ExecutionException.class,
            () -> World.get(world.clientEnd.open(new StreamRequest.Connect(other))));
    assertEquals(SessionRefused.class, refused.getCause().getClass());
    assertEquals("Not there", refused.getCause().getMessage());
    ByteStream stream = World.get(world.clientEnd.connect());
    World.get(stream.write(ByteBuffer.wrap(new byte[] {5})));
    ByteBuffer answer = ByteBuffer.allocate(10);
    assertEquals(1, (int) World.get(stream.read(answer)));
    assertEquals(5, answer.get(0));
    stream.close();
  }

  @Test
  public void theClientIsToldWhenTheSessionIsNotPermittedAnyMore() throws Exception {
    world.open(world.target());
    world.deviceEnd.withdraw();
    assertTrue(World.get(world.clientEnd.ended()).contains("does not permit it any more"));
  }

  @Test
  public void aServiceThatIsNotThereIsAReset() throws Exception {
    int port = world.service.getLocalPort();
    world.open(world.target());
    world.service.close();
    try (Entrance entrance = world.entrance();
        Socket application = World.connect(entrance)) {
      assertThrows(IOException.class, () -> application.getInputStream().read());
    }
    var failed = assertThrows(ExecutionException.class, () -> World.get(world.clientEnd.connect()));
    assertTrue(
        failed.getCause().getMessage(),
        failed.getCause().getMessage().contains(String.valueOf(port)));
  }

  @Test
  public void aServiceThatFailsInTheMiddleIsAResetAndNoEnd() throws Exception {
    world.open(world.target());
    try (Entrance entrance = world.entrance();
        Socket application = World.connect(entrance);
        Socket served = world.service.accept()) {
      served.getOutputStream().write(1);
      assertEquals(1, application.getInputStream().read());
      served.setSoLinger(true, 0);
      served.close();
      assertThrows(IOException.class, () -> application.getInputStream().read());
    }
  }

  @Test
  public void closingOneEndEndsTheOther() throws Exception {
    world.open(world.target());
    world.clientEnd.close();
    String why = World.get(world.deviceEnd.ended());
    assertTrue(why, why.contains("the other end has closed it"));
  }

  @Test
  public void theDeviceHasALimitOfStreams() throws Exception {
    world.device.apply(new Defaults(2, 2, 16, 120, 300, 30, 2));
    world.open(world.target());
    world.echo();
    ByteStream first = World.get(world.clientEnd.connect());
    ByteStream second = World.get(world.clientEnd.connect());
    assertThrows(ExecutionException.class, () -> World.get(world.clientEnd.connect()));
    first.close();
    second.close();
  }

  @Test
  public void aSessionWithoutAConnectionEndsAfterTheGracePeriod() throws Exception {
    world.grace = java.time.Duration.ofMillis(200);
    world.open(world.target());
    // Whichever end is first tells the other, whose reason that is.
    String why = World.get(world.clientEnd.ended()) + World.get(world.deviceEnd.ended());
    assertTrue(why, why.contains("no connection"));
  }
}
