package org.noports.tunnel;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.Secret;
import org.noports.api.stream.ByteStream;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.SessionEnd;

/** What applications notice of a session's links: nothing. */
public class ResumedTest {
  private static final int MEGABYTE = 1 << 20;

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

  private static byte[] random(int bytes) {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return content;
  }

  private static byte[] hash(byte[] content) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(content);
  }

  @Test(timeout = 180_000)
  public void aStreamGoesOnWhereItWasWhenItsLinksAreCut() throws Exception {
    world.open(world.target());
    byte[] content = random(64 * MEGABYTE);
    var received = new CompletableFuture<byte[]>();
    BlockingQueue<Integer> progress = new LinkedBlockingQueue<>();
    World.daemon(() -> received.complete(readAll(world.service.accept(), progress)));
    try (Entrance entrance = world.entrance();
        Socket application = World.connect(entrance)) {
      World.daemon(
          () -> {
            application.getOutputStream().write(content);
            application.shutdownOutput();
          });
      for (int cut = 0; cut < 5; cut++) {
        // Somewhere in the next ten megabytes.
        assertTrue(progress.poll(60, TimeUnit.SECONDS) >= 0);
        world.relay.breakAll();
        world.relink(2 + cut);
      }
      byte[] hash = received.get(60, TimeUnit.SECONDS);
      assertArrayEquals("the content's hash", hash(content), hash);
      assertEquals("connections at the service", 1, world.deviceEnd.traffic().total());
    }
  }

  @Test
  public void whoHasWrittenMayUseItsBufferAgain() throws Exception {
    world.open(world.target());
    byte[] content = random(4 * MEGABYTE);
    var received = new CompletableFuture<byte[]>();
    BlockingQueue<Integer> progress = new LinkedBlockingQueue<>();
    World.daemon(() -> received.complete(readAll(world.service.accept(), progress)));
    try (ByteStream stream = World.get(world.clientEnd.connect())) {
      ByteBuffer same = ByteBuffer.allocate(65536);
      for (int done = 0; done < content.length; done += same.capacity()) {
        same.clear().put(content, done, same.capacity()).flip();
        World.get(stream.write(same));
      }
      World.get(stream.endOutput());
      assertArrayEquals("the content's hash", hash(content), received.get(60, TimeUnit.SECONDS));
    }
  }

  /** Says so every ten megabytes. */
  private static byte[] readAll(Socket socket, BlockingQueue<Integer> progress) throws IOException {
    try (socket) {
      var digest = new DigestInputStream(socket.getInputStream(), sha256());
      byte[] buffer = new byte[65536];
      int total = 0;
      for (int count = digest.read(buffer); count >= 0; count = digest.read(buffer)) {
        if (total / (10 * MEGABYTE) != (total + count) / (10 * MEGABYTE)) {
          progress.add(total);
        }
        total += count;
      }
      return digest.getMessageDigest().digest();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  public void bothDirectionsSurviveALinkThatIsReplacedWhileItWorks() throws Exception {
    world.open(world.target());
    world.echo();
    try (Entrance entrance = world.entrance();
        Socket application = World.connect(entrance)) {
      byte[] content = random(8 * MEGABYTE);
      World.daemon(
          () -> {
            application.getOutputStream().write(content);
            application.shutdownOutput();
          });
      InputStream in = application.getInputStream();
      byte[] begin = in.readNBytes(MEGABYTE);
      world.relink(2);
      byte[] rest = in.readAllBytes();
      assertArrayEquals(Arrays.copyOf(content, MEGABYTE), begin);
      assertArrayEquals(Arrays.copyOfRange(content, MEGABYTE, content.length), rest);
    }
  }

  @Test
  public void whatALaterHandshakeHasBesideItsLinkIsWipedAtOnce() throws Exception {
    world.open(world.target());
    Np2Keys next = World.np2(true, 2);
    var device = world.deviceEnd.relink(world.relay.deviceLeg(), World.np2(false, 2));
    var client = world.clientEnd.relink(world.relay.clientLeg(), next);
    device.toCompletableFuture().get(30, TimeUnit.SECONDS);
    client.toCompletableFuture().get(30, TimeUnit.SECONDS);
    for (Secret secret : List.of(next.root(), next.resume(), next.export())) {
      assertThrows(IllegalStateException.class, secret::exposeSecretBytes);
    }
    world.relink(3);
    for (Secret secret : List.of(next.confirmClient(), next.confirmDevice())) {
      assertThrows(IllegalStateException.class, secret::exposeSecretBytes);
    }
  }

  @Test
  public void theControlPathHearsWhenTheLinkIsLostAndRestored() throws Exception {
    world.open(world.target());
    var lost = new CompletableFuture<String>();
    var restored = new CompletableFuture<Boolean>();
    world.clientEnd.onLink(
        new SessionEnd.LinkListener() {
          @Override
          public void lost(String why) {
            lost.complete(why);
          }

          @Override
          public void restored() {
            restored.complete(true);
          }
        });
    world.relay.breakAll();
    assertTrue(!lost.get(60, TimeUnit.SECONDS).isEmpty());
    world.relink(2);
    assertTrue(restored.get(60, TimeUnit.SECONDS));
  }

  @Test
  public void whoWaitsForALinkForTooLongIsReset() throws Exception {
    world.client.apply(new Defaults(2, 1024, 16, 120, 1, 30, 2));
    world.open(world.target());
    world.echo();
    try (Entrance entrance = world.entrance();
        Socket application = World.connect(entrance)) {
      OutputStream out = application.getOutputStream();
      out.write(1);
      assertEquals(1, application.getInputStream().read());
      world.relay.breakAll();
      assertThrows(IOException.class, () -> application.getInputStream().read());
      String why = World.get(world.clientEnd.ended());
      assertTrue(why, why.contains("no link for 1 s"));
    }
  }

  @Test
  public void aStreamThatBeginsWithoutALinkWaitsForOne() throws Exception {
    world.open(world.target());
    world.echo();
    world.relay.breakAll();
    try (Entrance entrance = world.entrance();
        Socket application = World.connect(entrance)) {
      application.getOutputStream().write(7);
      world.relink(2);
      assertEquals(7, application.getInputStream().read());
    }
  }

  @Test
  public void aLinkThatSaysNothingIsGivenUpAndWhatItHeldIsSentAgain() throws Exception {
    world.client.apply(new Defaults(2, 1024, 16, 120, 300, 1, 2));
    world.device.apply(new Defaults(2, 1024, 16, 120, 300, 1, 2));
    try (StallingHop hop = new StallingHop(world.relay.clientAddress())) {
      world.way = Optional.of(hop.leg());
      world.open(world.target());
      world.echo();
      var lost = new CompletableFuture<String>();
      world.clientEnd.onLink(onLost(lost));
      try (Entrance entrance = world.entrance();
          Socket application = World.connect(entrance)) {
        application.getOutputStream().write(1);
        assertEquals(1, application.getInputStream().read());
        hop.stall();
        application.getOutputStream().write(2);
        String why = lost.get(60, TimeUnit.SECONDS);
        assertTrue(why, why.contains("Nothing was heard on the link for 1 s"));
        world.relink(2);
        assertEquals(2, application.getInputStream().read());
      }
    }
  }

  private static SessionEnd.LinkListener onLost(CompletableFuture<String> lost) {
    return new SessionEnd.LinkListener() {
      @Override
      public void lost(String why) {
        lost.complete(why);
      }

      @Override
      public void restored() {
        // Its connections tell.
      }
    };
  }

  @Test(timeout = 180_000)
  public void aHundredStreamsSurviveCutsAtAnyMoment() throws Exception {
    world.open(world.target());
    world.echo();
    var moments = new Random(2611);
    byte[] content = random(MEGABYTE);
    List<CompletableFuture<byte[]>> answers = new ArrayList<>();
    try (Entrance entrance = world.entrance()) {
      for (int i = 0; i < 100; i++) {
        var answer = new CompletableFuture<byte[]>();
        answers.add(answer);
        World.daemon(() -> answer.complete(said(entrance, content)));
      }
      for (int cut = 0; cut < 20; cut++) {
        long after = world.relay.fromClients() + moments.nextInt(4 * MEGABYTE);
        while (world.relay.fromClients() < after && !allDone(answers)) {
          Thread.onSpinWait();
        }
        world.relay.breakAll();
        world.relink(2 + cut);
      }
      for (CompletableFuture<byte[]> answer : answers) {
        assertArrayEquals(content, answer.get(60, TimeUnit.SECONDS));
      }
    }
    assertEquals(100, world.deviceEnd.traffic().total());
  }

  private static boolean allDone(List<CompletableFuture<byte[]>> answers) {
    return answers.stream().allMatch(CompletableFuture::isDone);
  }

  private static byte[] said(Entrance entrance, byte[] content) throws IOException {
    try (Socket application = World.connect(entrance)) {
      World.daemon(
          () -> {
            application.getOutputStream().write(content);
            application.shutdownOutput();
          });
      return application.getInputStream().readAllBytes();
    }
  }
}
