package org.noports.atserver.host;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.noports.transport.EventLoops;
import org.noports.transport.TlsClient;
import org.noports.transport.TlsIdentity;
import org.noports.transport.TlsServer;
import org.noports.transport.TlsTrust;

/**
 * The host's threads and certificates. Loops do the I/O, workers what takes the processor's time,
 * and the desk what the operator wants, one thing after the other: it may wait for the others.
 */
final class Engine implements AutoCloseable {
  private final EventLoops loops = EventLoops.start("noports-atserver-host", 0);
  private final ScheduledExecutorService workers =
      Executors.newScheduledThreadPool(2, named("noports-atserver-host-worker"));
  private final ScheduledExecutorService desk =
      Executors.newSingleThreadScheduledExecutor(named("noports-atserver-host-desk"));
  private volatile Optional<TlsServer> server = Optional.empty();
  private volatile Optional<TlsClient> client = Optional.empty();

  EventLoops loops() {
    return loops;
  }

  ScheduledExecutorService workers() {
    return workers;
  }

  ScheduledExecutorService desk() {
    return desk;
  }

  /**
   * Reads certificate, key and trust anew, for connections from now on.
   *
   * @throws IOException naming the file that cannot be used; then all stays as it was
   */
  void load(HostSettings settings) throws IOException {
    TlsTrust trust =
        Files.exists(settings.trust()) ? new TlsTrust(List.of(settings.trust())) : TlsTrust.ofJdk();
    TlsServer fresh = TlsServer.of(new TlsIdentity(settings.certificate(), settings.key()));
    client = Optional.of(TlsClient.trusting(trust));
    server = Optional.of(fresh);
  }

  TlsServer server() {
    return server.orElseThrow();
  }

  TlsClient client() {
    return client.orElseThrow();
  }

  private static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void close() {
    desk.shutdownNow();
    workers.shutdown();
    loops.close();
    workers.shutdownNow();
  }
}
