package org.noports.atserver.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.HostPort;
import org.noports.transport.EventLoops;
import org.noports.transport.LineChannel;
import org.noports.transport.LineLimits;
import org.noports.transport.LinePort;
import org.noports.transport.LineReader;
import org.noports.transport.TlsIdentity;
import org.noports.transport.TlsServer;

/** Another atSign's atServer that says what a test wants; it may be up to no good. */
final class FalsePeer implements AutoCloseable {
  private static final String SILENCE = "";

  private final EventLoops loops = EventLoops.start("false-peer", 1);
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final LinePort port;

  FalsePeer(TlsIdentity shown) throws IOException {
    port =
        LinePort.bind(
                loops,
                new InetSocketAddress("127.0.0.1", 0),
                Optional.of(TlsServer.of(shown)),
                LineLimits.DEFAULT,
                this::greet)
            .toCompletableFuture()
            .join();
  }

  /** What it says to a command that begins so; everything else is answered with an error. */
  FalsePeer answers(String command, String answer) {
    answers.put(command, answer);
    return this;
  }

  /** It says nothing at all to a command that begins so. */
  FalsePeer silentTo(String command) {
    answers.put(command, SILENCE);
    return this;
  }

  HostPort address() {
    return new HostPort("localhost", port.address().getPort());
  }

  private LineReader greet(LineChannel channel) {
    channel.send("@");
    return new LineReader() {
      @Override
      public CompletionStage<Void> line(String line) {
        String answer =
            answers.entrySet().stream()
                .filter(known -> line.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("error:AT0003-Exception: invalid command");
        if (!answer.equals(SILENCE)) {
          channel.send(answer + "\n@");
        }
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public void closed(Optional<IOException> failure) {}
    };
  }

  @Override
  public void close() {
    port.close();
    loops.close();
  }
}
