package org.noports.atserver.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.noports.transport.CertificateCheck;
import org.noports.transport.EventLoops;
import org.noports.transport.TlsClient;
import org.noports.transport.TlsIdentity;
import org.noports.transport.TlsServer;
import org.noports.transport.TlsTrust;
import org.noports.transport.WayOut;

/**
 * The host's threads and certificates. Loops do the I/O, workers what takes the processor's time,
 * and the desk what the operator wants, one thing after the other: it may wait for the others.
 */
final class Engine implements AutoCloseable {
  /** For signatures; a whole processor's worth of them leaves one for everything else. */
  static final int WORKERS = 2;

  private final EventLoops loops;
  private final ScheduledExecutorService workers =
      Executors.newScheduledThreadPool(WORKERS, named("noports-atserver-host-worker"));
  private final ScheduledExecutorService desk =
      Executors.newSingleThreadScheduledExecutor(named("noports-atserver-host-desk"));
  private List<FileTime> loaded = List.of();
  private volatile Optional<TlsServer> server = Optional.empty();
  private volatile Optional<TlsClient> client = Optional.empty();
  private volatile Optional<CertificateCheck> check = Optional.empty();

  Engine(WayOut wayOut) {
    this.loops = EventLoops.start("noports-atserver-host", 0, wayOut);
  }

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
    List<FileTime> seen = times(settings);
    TlsTrust trust =
        Files.exists(settings.trust()) ? new TlsTrust(List.of(settings.trust())) : TlsTrust.ofJdk();
    CertificateCheck checks = CertificateCheck.of(trust);
    TlsIdentity shown = new TlsIdentity(settings.certificate(), settings.key());
    TlsClient showing = TlsClient.of(trust, Optional.of(shown));
    if (server.isPresent()) {
      server.get().change(shown);
    } else {
      server = Optional.of(TlsServer.asking(shown));
    }
    client = Optional.of(showing);
    check = Optional.of(checks);
    loaded = seen;
  }

  /**
   * Reads them anew if one has changed since: certificates are renewed in place.
   *
   * @return whether they were read
   */
  boolean loadIfChanged(HostSettings settings) throws IOException {
    boolean changed = !times(settings).equals(loaded);
    if (changed) {
      load(settings);
    }
    return changed;
  }

  private static List<FileTime> times(HostSettings settings) {
    return settings.watched().stream().map(Engine::time).toList();
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      // Not there: loading says so by name, where it matters.
      return FileTime.fromMillis(-1);
    }
  }

  TlsServer server() {
    return server.orElseThrow();
  }

  /** Shows our certificate to atServers that ask for it. */
  TlsClient client() {
    return client.orElseThrow();
  }

  /** Looks at the certificates that other atServers show us. */
  CertificateCheck check() {
    return check.orElseThrow();
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
