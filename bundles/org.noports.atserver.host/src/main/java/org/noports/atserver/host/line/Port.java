package org.noports.atserver.host.line;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.noports.transport.EventLoops;
import org.noports.transport.LineChannel;
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
   * @param longest bytes of one command
   * @return the port's number
   */
  public CompletionStage<Integer> listen(
      EventLoops loops, InetSocketAddress address, TlsServer tls, int longest) {
    LineLimits limits =
        new LineLimits(
            longest, LineLimits.DEFAULT.connectTimeout(), LineLimits.DEFAULT.handshakeTimeout());
    return LinePort.bind(loops, address, Optional.of(tls), limits, behind)
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
