package org.noports.directory.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.noports.api.health.Health;
import org.noports.transport.EventLoops;
import org.noports.transport.LineChannel;
import org.noports.transport.LineLimits;
import org.noports.transport.LinePort;
import org.noports.transport.LineReader;
import org.noports.transport.TlsIdentity;
import org.noports.transport.TlsServer;

/**
 * The bound port. {@link #tend} binds it, binds it anew when its settings changed, and reads the
 * certificate again when its files changed; connections that are open go on.
 */
final class Listener {
  private static final int BIND_SECONDS = 2;

  /** A name of the longest kind in UTF-8, with room for blanks around it. */
  private static final int LONGEST_LINE = 4 * Lookups.LONGEST_NAME;

  private static final LineLimits LIMITS =
      new LineLimits(
          LONGEST_LINE, LineLimits.DEFAULT.connectTimeout(), LineLimits.DEFAULT.handshakeTimeout());

  private final EventLoops loops;
  private final Supplier<Settings> settings;
  private final Function<String, Optional<String>> records;
  private final Callers callers;
  private Settings bound;
  private TlsServer tls;
  private FileMark certificate = FileMark.NONE;
  private LinePort port;
  private volatile Optional<InetSocketAddress> address = Optional.empty();
  private volatile String trouble = "";

  Listener(
      EventLoops loops, Supplier<Settings> settings, Function<String, Optional<String>> records) {
    this.loops = loops;
    this.settings = settings;
    this.records = records;
    this.callers = new Callers(settings, System::nanoTime);
  }

  /** Makes the port what the settings say; called at start, on changes and regularly. */
  synchronized void tend() {
    Settings wanted = settings.get();
    try {
      if (port == null || !wanted.listensAs(bound)) {
        bind(wanted);
      } else {
        renewCertificate();
      }
    } catch (IOException e) {
      tell(e.getMessage());
    }
  }

  private void bind(Settings wanted) throws IOException {
    FileMark mark = FileMark.of(wanted.certificate());
    TlsServer fresh = TlsServer.of(new TlsIdentity(wanted.certificate(), wanted.key()));
    boolean samePort = port != null && wanted.port() != 0 && wanted.bindsAs(bound);
    if (samePort) {
      close();
    }
    // A port that cannot be had takes nothing away: the one before stays open.
    LinePort opened = open(wanted, fresh);
    close();
    port = opened;
    tls = fresh;
    certificate = mark;
    bound = wanted;
    address = Optional.of(opened.address());
    trouble = "";
    DirectoryServerLog.listening(opened.address());
  }

  private LinePort open(Settings wanted, TlsServer fresh) throws IOException {
    try {
      return LinePort.bind(
              loops,
              new InetSocketAddress(wanted.bindAddress(), wanted.port()),
              Optional.of(fresh),
              LIMITS,
              from -> callers.enter(ClientAddress.of(from)),
              this::accept)
          .toCompletableFuture()
          .get(BIND_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(
          e.getCause().getMessage() + "; free the port or set 'port' to another", e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("The system did not give the port " + wanted.port() + " in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Stopped while the port was being opened", e);
    }
  }

  private void renewCertificate() {
    FileMark now = FileMark.of(bound.certificate());
    if (now.equals(certificate)) {
      return;
    }
    certificate = now;
    try {
      tls.reload();
      DirectoryServerLog.certificateRenewed(bound.certificate());
    } catch (IOException e) {
      DirectoryServerLog.certificateUnusable(e.getMessage());
    }
  }

  private LineReader accept(LineChannel channel) {
    // From here on the visit counts, and no longer the hand-shake.
    channel.known();
    Visit visit = callers.arrive(ClientAddress.of(channel.remote()));
    return visit.outcome() == Visit.Outcome.GREETED
        ? new Lookups(channel, records, settings.get(), visit)
        : new TurnedAway(channel, visit);
  }

  private void tell(String sentence) {
    if (!sentence.equals(trouble)) {
      DirectoryServerLog.notListening(sentence);
    }
    trouble = sentence;
  }

  Optional<InetSocketAddress> address() {
    return address;
  }

  /** For health: what the limits have kept off. */
  String keptOff() {
    return callers.keptOff();
  }

  Optional<Health> problem() {
    if (trouble.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        address
            .map(
                it ->
                    Health.degraded(
                        trouble + "; still answers on " + it.getHostString() + ":" + it.getPort()))
            .orElseGet(() -> Health.down(trouble)));
  }

  synchronized void close() {
    if (port != null) {
      port.close();
      port = null;
      address = Optional.empty();
    }
  }
}
