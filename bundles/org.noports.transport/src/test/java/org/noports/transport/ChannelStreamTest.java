package org.noports.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.HostPort;
import org.noports.api.stream.ByteStream;

/** One side a plain socket, the other a stream as providers hand it to one another. */
public class ChannelStreamTest {
  private EventLoops loops;
  private Loopback port;
  private Socket peer;
  private Channel channel;
  private ChannelStream stream;

  @Before
  public void connect() throws Exception {
    loops = EventLoops.start("stream-test", 2);
    port = new Loopback(loops);
    peer = new Socket("127.0.0.1", port.port());
    peer.setSoTimeout(60_000);
    channel = port.accept();
    stream = ChannelStream.over(channel);
  }

  @After
  public void closeAll() throws IOException {
    peer.close();
    loops.close();
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  public void aChannelThatWasClosedAtOnceIsNotOneThatCannotMove() throws Exception {
    EventLoop other = loops.next();
    while (other == channel.eventLoop()) {
      other = loops.next();
    }
    channel.close().sync();
    CompletionStage<Channel> moving = ChannelStream.channelOf(stream, other);
    var failure = assertThrows(ExecutionException.class, () -> get(moving));
    assertThat(failure.getCause(), instanceOf(EarlyReset.class));
    assertThat(failure.getCause().getMessage(), containsString("The other side has closed"));
  }

  private static String read(ByteStream from, int capacity) throws Exception {
    ByteBuffer buffer = ByteBuffer.allocate(capacity);
    assertEquals(buffer.position(), 0);
    int count = get(from.read(buffer));
    assertEquals(Math.max(0, count), buffer.position());
    return count < 0 ? "end" : new String(buffer.array(), 0, count, StandardCharsets.US_ASCII);
  }

  private void say(String text) throws IOException {
    peer.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  public void readsInPiecesAsSmallAsTheBufferAndThenTheEnd() throws Exception {
    say("abcdef");
    peer.shutdownOutput();
    assertEquals("abcd", read(stream, 4));
    assertEquals("ef", read(stream, 4));
    assertEquals("end", read(stream, 4));
    assertEquals("end", read(stream, 4));
  }

  @Test
  public void writesAllAndEndsItsOutputWhileReadingGoesOn() throws Exception {
    ByteBuffer source = ByteBuffer.wrap("bytes".getBytes(StandardCharsets.US_ASCII));
    get(stream.write(source));
    assertEquals(0, source.remaining());
    get(stream.endOutput());
    assertEquals("bytes", new String(peer.getInputStream().readAllBytes(), "US-ASCII"));
    say("still");
    assertEquals("still", read(stream, 16));
  }

  @Test
  public void failsAReadUnderWayWhenItIsClosed() throws Exception {
    CompletionStage<Integer> reading = stream.read(ByteBuffer.allocate(1));
    stream.close();
    get(stream.closed());
    var failure = assertThrows(ExecutionException.class, () -> get(reading));
    assertThat(failure.getCause(), instanceOf(IOException.class));
  }

  @Test
  public void givesItsChannelBackWithWhatNobodyHasRead() throws Exception {
    say("abcdef");
    assertEquals("ab", read(stream, 2));
    Channel taken = get(ChannelStream.channelOf(stream, loops.next()));
    ChannelStream again = ChannelStream.over(taken);
    assertEquals("cdef", read(again, 16));
    Channel twice = get(again.takeChannel());
    say("more");
    peer.shutdownOutput();
    assertEquals("more", read(ChannelStream.over(twice), 16));
  }

  @Test
  public void bridgesAStreamOfSomebodyElseToAChannel() throws Exception {
    Channel bridge = get(ChannelStream.channelOf(new Foreign(stream), loops.next()));
    ChannelStream through = ChannelStream.over(bridge);
    say("hello");
    assertEquals("hello", read(through, 16));
    get(through.write(ByteBuffer.wrap("back".getBytes(StandardCharsets.US_ASCII))));
    get(through.endOutput());
    assertEquals("back", new String(peer.getInputStream().readAllBytes(), "US-ASCII"));
    peer.shutdownOutput();
    assertEquals("end", read(through, 16));
    through.close();
    get(stream.closed());
  }

  @Test
  public void dialsAHostByNameAndNamesTheReasonWhenItCannot() throws Exception {
    Channel named = get(loops.dial(new HostPort("localhost", port.port()), Duration.ofSeconds(5)));
    named.close();
    int gone = port.port();
    port.close();
    var failure =
        assertThrows(
            ExecutionException.class,
            () -> get(loops.dial(new HostPort("127.0.0.1", gone), Duration.ofSeconds(5))));
    assertThat(failure.getCause(), instanceOf(IOException.class));
    assertThat(failure.getCause().getMessage(), containsString("127.0.0.1:" + gone));
    assertThat(failure.getCause().getMessage(), containsString("refused"));
  }

  @Test
  public void closesWhatItHasDialledWhenTheCallerHasGivenUp() throws Exception {
    EventLoop loop = loops.next();
    // On the loop itself, so that it cannot be connected before it is given up.
    var dialling =
        loop.submit(
                () -> {
                  var attempt = loops.dial(port.address(), Duration.ofSeconds(5), loop);
                  attempt.cancel(false);
                  return attempt;
                })
            .get(60, TimeUnit.SECONDS);
    assertThrows(CancellationException.class, dialling::join);
    try (Socket probe = new Socket("127.0.0.1", port.port())) {
      Channel accepted = port.accept();
      if (accepted.remoteAddress() != null
          && !accepted.remoteAddress().equals(probe.getLocalSocketAddress())) {
        assertEquals("end", read(ChannelStream.over(accepted), 1));
      }
    }
  }

  /** The same stream under another class, as a third party would make it. */
  private record Foreign(ByteStream inner) implements ByteStream {
    @Override
    public CompletionStage<Integer> read(ByteBuffer destination) {
      return inner.read(destination);
    }

    @Override
    public CompletionStage<Void> write(ByteBuffer source) {
      return inner.write(source);
    }

    @Override
    public CompletionStage<Void> endOutput() {
      return inner.endOutput();
    }

    @Override
    public void close() {
      inner.close();
    }

    @Override
    public CompletionStage<Void> closed() {
      return inner.closed();
    }
  }
}
