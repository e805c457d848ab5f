package org.noports.atserver.host.line;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.noports.transport.EventLoops;
import org.noports.transport.LineChannel;
import org.noports.transport.LineGate;
import org.noports.transport.LineLimits;
import org.noports.transport.LinePort;
import org.noports.transport.LineReader;
import org.noports.transport.TlsServer;

/**
 * A TCP port with TLS on which atSigns are served: one atSign's own, or the one that all share. Who
 * is behind it decides what becomes of a connection.
 */
public final class Port implements AutoCloseable {
  private final Function<LineChannel, LineReader> behind;
  private volatile Optional<LinePort> listener = Optional.empty();

  public Port(Function<LineChannel, LineReader> behind) {
    this.behind = requireNonNull(behind, "behind is null");
  }

  /**
   * Listens at another address than before, if there was one; connections go on.
   *
   * <p>Fails with an {@link java.io.IOException} that names the address.
   *
   * @param address a port of 0 takes any that is free
   * @param handshake until TLS must stand
   * @param gate who gets as far as TLS
   * @return the port's number
   */
  public CompletionStage<Integer> listen(
      EventLoops loops,
      InetSocketAddress address,
      TlsServer tls,
      Duration handshake,
      LineGate gate) {
    // How long a line may be is asked of the conversation, which knows who speaks.
    LineLimits limits =
        new LineLimits(Integer.MAX_VALUE, LineLimits.DEFAULT.connectTimeout(), handshake);
    return LinePort.bind(loops, address, Optional.of(tls), limits, gate, behind)
        .thenApply(
            bound -> {
              listener = Optional.of(bound);
              return bound.address().getPort();
            });
  }

  /** Stops listening; connections go on. */
  @Override
  public void close() {
    listener.ifPresent(LinePort::close);
    listener = Optional.empty();
  }
}
