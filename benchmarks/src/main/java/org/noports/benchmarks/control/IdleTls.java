package org.noports.benchmarks.control;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.noports.transport.EventLoops;
import org.noports.transport.LineLimits;
import org.noports.transport.LinePort;
import org.noports.transport.LineReader;
import org.noports.transport.TlsIdentity;
import org.noports.transport.TlsServer;

/** A process that holds TLS connections of the atServer's engine and does nothing with them. */
public final class IdleTls {
  private IdleTls() {}

  /**
   * Runs until it is ended.
   *
   * @param arguments port, certificate chain and key
   */
  public static void main(String[] arguments) throws Exception {
    TlsIdentity identity = new TlsIdentity(Path.of(arguments[1]), Path.of(arguments[2]));
    LinePort.bind(
            EventLoops.start("idle", 0),
            new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])),
            Optional.of(TlsServer.of(identity)),
            LineLimits.DEFAULT,
            channel -> new Nothing())
        .toCompletableFuture()
        .join();
    new CountDownLatch(1).await();
  }

  private static final class Nothing implements LineReader {
    @Override
    public CompletionStage<Void> line(String line) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void closed(Optional<IOException> failure) {}
  }
}
