package org.noports.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameter;
import org.junit.runners.Parameterized.Parameters;

/** Two real sockets joined in the middle, as a relay joins them; the loops differ on purpose. */
@RunWith(Parameterized.class)
public class SpliceTest {
  @Parameters(name = "{0}")
  public static Collection<Kind> kinds() {
    return Arrays.stream(new Kind[] {Kind.best(), Kind.NIO}).distinct().toList();
  }

  @Parameter public Kind kind;

  private EventLoops loops;
  private Loopback left;
  private Loopback right;
  private Socket one;
  private Socket two;
  private Channel first;
  private Channel second;

  @Before
  public void connectBothSides() throws Exception {
    loops = EventLoops.start("splice-test", 2, kind);
    left = new Loopback(loops);
    right = new Loopback(loops);
    one = new Socket("127.0.0.1", left.port());
    two = new Socket("127.0.0.1", right.port());
    one.setSoTimeout(60_000);
    two.setSoTimeout(60_000);
    first = left.accept();
    second = right.accept();
  }

  @After
  public void closeAll() throws IOException {
    one.close();
    two.close();
    loops.close();
  }

  private Splice join() {
    return Splice.join("the left", first, "the right", second);
  }

  private static Splice.End endOf(Splice splice) throws Exception {
    return splice.ended().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  public void carriesManyBytesBothWaysAtOnceAndCountsThem() throws Exception {
    Splice splice = join();
    byte[] there = random(1, 20_000_000);
    byte[] back = random(2, 7_000_001);
    var sentThere = sending(one, there);
    var sentBack = sending(two, back);
    var gotThere = CompletableFuture.supplyAsync(() -> receive(two), SpliceTest::ownThread);
    assertArrayEquals(back, receive(one));
    assertArrayEquals(there, gotThere.get(60, TimeUnit.SECONDS));
    sentThere.get(60, TimeUnit.SECONDS);
    sentBack.get(60, TimeUnit.SECONDS);
    assertEquals(new Splice.End("both sides had ended", there.length, back.length), endOf(splice));
  }

  @Test
  public void keepsTheOtherDirectionOpenWhenOneEnds() throws Exception {
    Splice splice = join();
    one.getOutputStream().write("question".getBytes(StandardCharsets.US_ASCII));
    one.shutdownOutput();
    assertEquals("question", text(receive(two)));
    two.getOutputStream().write("answer".getBytes(StandardCharsets.US_ASCII));
    two.shutdownOutput();
    assertEquals("answer", text(receive(one)));
    assertThat(endOf(splice).reason(), is("both sides had ended"));
  }

  @Test
  public void sendsFirstWhatWasReadBeforeItBegan() throws Exception {
    var early = List.of(Unpooled.copiedBuffer("read ", StandardCharsets.US_ASCII));
    first.pipeline().addLast(new PushBack(early, false));
    join();
    one.getOutputStream().write("too early".getBytes(StandardCharsets.US_ASCII));
    one.shutdownOutput();
    assertEquals("read too early", text(receive(two)));
  }

  /**
   * Sends until the kernel has taken over, then half as much again: nothing is lost at the change.
   */
  @Test
  public void leavesBulkToTheKernelWhereItCanAndLosesNothing() throws Exception {
    Splice splice = join();
    var received = CompletableFuture.supplyAsync(() -> sumUpTo(two), SpliceTest::ownThread);
    boolean kernel = kind == Kind.EPOLL;
    byte[] piece = random(3, (1 << 20) + 7);
    long sum = 0;
    long most = kernel ? 4096 : 16;
    for (long more = -1, i = 0; more != 0 && i < most; i++, more--) {
      one.getOutputStream().write(piece);
      sum = sum(sum, piece, piece.length);
      more = more < 0 && splice.bySplice() > 0 ? 24 : more;
    }
    one.shutdownOutput();
    assertEquals(sum, received.get(60, TimeUnit.SECONDS).longValue());
    assertEquals(kernel, splice.bySplice() > 0);
    two.getOutputStream().write("small".getBytes(StandardCharsets.US_ASCII));
    two.shutdownOutput();
    assertEquals("small", text(receive(one)));
    assertThat(endOf(splice).reason(), is("both sides had ended"));
  }

  private static long sum(long before, byte[] bytes, int length) {
    long sum = before;
    for (int i = 0; i < length; i++) {
      sum = sum * 31 + bytes[i];
    }
    return sum;
  }

  private static long sumUpTo(Socket socket) {
    byte[] buffer = new byte[1 << 16];
    long sum = 0;
    try {
      InputStream in = socket.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sum = sum(sum, buffer, n);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return sum;
  }

  /** The sender has far more than the kernel's buffers, which differ from machine to machine. */
  @Test
  public void stopsReadingFromTheFarSideOfASlowReader() throws Exception {
    Splice splice = join();
    long endless = 1L << 30;
    var enough = new AtomicBoolean();
    var sending =
        CompletableFuture.supplyAsync(() -> flood(endless, enough), SpliceTest::ownThread);
    long before = -1;
    while (splice.fromFirst() != before) {
      before = splice.fromFirst();
      waitWithoutReading();
    }
    assertThat(before, lessThan(endless));
    enough.set(true);
    two.setSoTimeout(60_000);
    long received = 0;
    byte[] buffer = new byte[1 << 20];
    for (int n = 0; n >= 0; n = two.getInputStream().read(buffer)) {
      received += n;
    }
    assertEquals(sending.get(60, TimeUnit.SECONDS).longValue(), received);
  }

  /** Sends until it is enough, at most so many bytes; how many it were. */
  private long flood(long most, AtomicBoolean enough) {
    byte[] piece = new byte[1 << 16];
    long bytes = 0;
    try {
      for (; bytes < most && !enough.get(); bytes += piece.length) {
        one.getOutputStream().write(piece);
      }
      one.shutdownOutput();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes;
  }

  /** Reads from a side to which nothing is sent, until its time is up. */
  private void waitWithoutReading() throws IOException {
    one.setSoTimeout(200);
    try {
      one.getInputStream().read();
    } catch (SocketTimeoutException expected) {
      return;
    }
    throw new AssertionError("nothing was sent that way");
  }

  @Test
  public void closesTheOtherSideWhenOneIsResetAndSaysWhich() throws Exception {
    Splice splice = join();
    one.getOutputStream().write("last words".getBytes(StandardCharsets.US_ASCII));
    assertEquals("last words", text(two.getInputStream().readNBytes(10)));
    one.setSoLinger(true, 0);
    one.close();
    assertEquals(-1, two.getInputStream().read());
    assertThat(endOf(splice).reason(), containsString("the left"));
  }

  private static CompletableFuture<Void> sending(Socket socket, byte[] bytes) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        },
        SpliceTest::ownThread);
  }

  /** Blocking work: the common pool may have one thread only. */
  private static void ownThread(Runnable work) {
    Thread thread = new Thread(work, "splice-test");
    thread.setDaemon(true);
    thread.start();
  }

  private static byte[] receive(Socket socket) {
    try (InputStream in = new Unclosed(socket.getInputStream())) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A socket's stream closes the socket with it: not wanted here. */
  private static final class Unclosed extends java.io.FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // Stays open.
    }
  }

  private static byte[] random(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
