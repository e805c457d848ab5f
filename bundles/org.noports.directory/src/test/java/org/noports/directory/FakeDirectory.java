package org.noports.directory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.noports.api.HostPort;
import org.noports.testkit.Stages;
import org.noports.testkit.tls.TestIdentity;
import org.noports.transport.EventLoops;
import org.noports.transport.LineChannel;
import org.noports.transport.LineLimits;
import org.noports.transport.LinePort;
import org.noports.transport.LineReader;
import org.noports.transport.TlsIdentity;
import org.noports.transport.TlsServer;

/** Answers what a test tells it to, on a real TLS port. */
final class FakeDirectory implements AutoCloseable {
  /** Name to raw answer. */
  final Map<String, String> answers = new ConcurrentHashMap<>();

  final AtomicInteger questions = new AtomicInteger();

  /** Answers wait for this. */
  volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

  private final EventLoops loops = EventLoops.start("fake-directory", 1);
  private final LinePort port;

  FakeDirectory(TestIdentity identity) throws IOException {
    port =
        Stages.value(
            LinePort.bind(
                loops,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of(TlsServer.of(new TlsIdentity(identity.chain(), identity.key()))),
                LineLimits.DEFAULT,
                this::greet));
  }

  HostPort address() {
    return new HostPort("localhost", port.address().getPort());
  }

  private LineReader greet(LineChannel channel) {
    channel.send("@");
    return new LineReader() {
      @Override
      public CompletionStage<Void> line(String line) {
        if (line.equals("@exit")) {
          channel.close();
          return CompletableFuture.completedStage(null);
        }
        questions.incrementAndGet();
        return gate.thenCompose(open -> channel.send(answers.getOrDefault(line, "null\r\n@")));
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
