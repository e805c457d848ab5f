package org.noports.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** What gets past the gate, and how far a line may grow. */
public class LineGateTest {
  private EventLoops loops;

  @Before
  public void startLoops() {
    loops = EventLoops.start("gate-test", 1);
  }

  @After
  public void stopLoops() {
    loops.close();
  }

  private LinePort bind(LineGate gate, Function<LineChannel, LineReader> reader) {
    return LinePort.bind(
            loops,
            new InetSocketAddress("127.0.0.1", 0),
            Optional.empty(),
            LineLimits.DEFAULT,
            gate,
            reader)
        .toCompletableFuture()
        .join();
  }

  private static Socket connect(LinePort port) throws IOException {
    Socket socket = new Socket("127.0.0.1", port.address().getPort());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static final class Listening implements LineReader {
    @Override
    public CompletionStage<Void> line(String line) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void closed(Optional<IOException> failure) {}
  }

  @Test
  public void aGateKeepsOutAndIsToldOnceOfEverybodyWhoLeftOrIsKnown() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    var known = new CompletableFuture<LineChannel>();
    LineGate two =
        (InetAddress from) -> {
          if (inside.incrementAndGet() > 1) {
            inside.decrementAndGet();
            return Optional.empty();
          }
          return Optional.of(inside::decrementAndGet);
        };
    LinePort port =
        bind(
            two,
            channel -> {
              channel.send("@");
              known.complete(channel);
              return new Listening();
            });
    try (Socket first = connect(port)) {
      assertEquals('@', first.getInputStream().read());
      try (Socket second = connect(port)) {
        assertThat(ended(second), equalTo(true));
      }
      LineChannel channel = known.get(60, TimeUnit.SECONDS);
      channel.known();
      assertThat(inside.get(), equalTo(0));
      channel.known();
      channel.close();
      channel.closed().toCompletableFuture().get(60, TimeUnit.SECONDS);
      assertThat(inside.get(), equalTo(0));
    }
  }

  private static boolean ended(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  public void aReaderSaysHowFarALineMayGrow() throws Exception {
    LinePort port =
        bind(
            LineGate.OPEN,
            channel ->
                new LineReader() {
                  @Override
                  public Optional<String> objection(int bytes) {
                    return bytes > 5 ? Optional.of("five are enough") : Optional.empty();
                  }

                  @Override
                  public CompletionStage<Void> line(String line) {
                    channel.send("ok\n");
                    return CompletableFuture.completedFuture(null);
                  }

                  @Override
                  public CompletionStage<Void> unreadable(String why) {
                    channel.send(why);
                    return CompletableFuture.completedFuture(null);
                  }

                  @Override
                  public void closed(Optional<IOException> failure) {}
                });
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write("12345\n123456".getBytes(UTF_8));
      assertEquals(
          "ok\nfive are enough", new String(socket.getInputStream().readAllBytes(), UTF_8));
    }
  }

  @Test
  public void manyLinesInOnePieceLeaveTurnsToOthersOnTheLoop() throws Exception {
    AtomicInteger lines = new AtomicInteger();
    var othersAfter = new CompletableFuture<Integer>();
    var all = new CompletableFuture<Void>();
    LinePort port =
        bind(
            LineGate.OPEN,
            channel ->
                new LineReader() {
                  @Override
                  public CompletionStage<Void> line(String line) {
                    int count = lines.incrementAndGet();
                    if (count == 1) {
                      channel.loop().execute(() -> othersAfter.complete(lines.get()));
                    } else if (count == 200) {
                      all.complete(null);
                    }
                    return CompletableFuture.completedFuture(null);
                  }

                  @Override
                  public void closed(Optional<IOException> failure) {}
                });
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write("x\n".repeat(200).getBytes(UTF_8));
      all.get(60, TimeUnit.SECONDS);
      assertThat(othersAfter.get(60, TimeUnit.SECONDS) <= 50, equalTo(true));
    }
  }
}
