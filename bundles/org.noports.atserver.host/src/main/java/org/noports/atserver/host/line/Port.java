package org.noports.atserver.host.line;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.atserver.host.tenant.Tenant;
import org.noports.atserver.host.verb.VerbTable;
import org.noports.transport.EventLoops;
import org.noports.transport.LineChannel;
import org.noports.transport.LineLimits;
import org.noports.transport.LinePort;
import org.noports.transport.LineReader;
import org.noports.transport.TlsServer;

/**
 * The TCP port of one hosted atSign, and the connections that came through it.
 *
 * <p>Which atSign is spoken to is known from the port; a port that is shared would learn it from
 * the TLS server name, here, before the conversation begins.
 */
public final class Port implements AutoCloseable {
  private static final String FULL = "error:AT0012-Inbound connection limit exceeded\n";

  private final Tenant tenant;
  private final VerbTable verbs;
  private final Set<LineChannel> connections = ConcurrentHashMap.newKeySet();
  private volatile Optional<LinePort> listener = Optional.empty();

  public Port(Tenant tenant, VerbTable verbs) {
    this.tenant = requireNonNull(tenant, "tenant is null");
    this.verbs = requireNonNull(verbs, "verbs is null");
  }

  /**
   * Listens at another address than before, if there was one; connections go on.
   *
   * <p>Fails with an {@link java.io.IOException} that names the address.
   *
   * @param address a port of 0 takes any that is free
   * @return the port's number
   */
  public CompletionStage<Integer> listen(
      EventLoops loops, InetSocketAddress address, TlsServer tls) {
    int longest = tenant.limits().commandBytes();
    LineLimits limits =
        new LineLimits(
            longest, LineLimits.DEFAULT.connectTimeout(), LineLimits.DEFAULT.handshakeTimeout());
    return LinePort.bind(loops, address, Optional.of(tls), limits, this::accept)
        .thenApply(
            bound -> {
              listener = Optional.of(bound);
              return bound.address().getPort();
            });
  }

  private LineReader accept(LineChannel channel) {
    if (connections.size() >= tenant.limits().inbound()) {
      channel.send(FULL);
      channel.close();
      return new Deaf();
    }
    connections.add(channel);
    return new Conversation(verbs, tenant, channel, () -> connections.remove(channel));
  }

  /** Connections open now. */
  public int connections() {
    return connections.size();
  }

  /** Stops listening; connections go on. */
  public void stopListening() {
    listener.ifPresent(LinePort::close);
    listener = Optional.empty();
  }

  /** Stops listening and closes all connections. */
  @Override
  public void close() {
    stopListening();
    connections.forEach(LineChannel::close);
  }

  /** Whoever came when all places were taken. */
  private static final class Deaf implements LineReader {
    @Override
    public CompletionStage<Void> line(String line) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void closed(Optional<java.io.IOException> failure) {}
  }
}
