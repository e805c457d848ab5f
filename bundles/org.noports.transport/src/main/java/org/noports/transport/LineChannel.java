package org.noports.transport;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.noports.api.HostPort;

/**
 * A connection of the control plane: UTF-8 text lines over TLS, or over plain TCP. Used between
 * directory, atServers and their clients, on both sides.
 *
 * <p>When the peer ends its output (TLS's closing alert, or FIN), what it said before is still read
 * and answered; then our side ends in the same way (docs/protocol/atprotocol.md 13.7 and 13.8). TLS
 * 1.2 cannot do that: there the closing alert ends both directions. Thread-safe.
 */
public final class LineChannel implements AutoCloseable {
  private final Channel channel;
  private final Runnable left;
  private final LineOutput output;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  LineChannel(Channel channel) {
    this(channel, () -> {});
  }

  /**
   * A channel that came through a gate.
   *
   * @param left tells the gate
   */
  LineChannel(Channel channel, Runnable left) {
    this.channel = channel;
    this.left = left;
    this.output = new LineOutput(channel);
    channel.closeFuture().addListener(f -> closed.complete(null));
  }

  /**
   * Connects. Fails with a {@link java.io.IOException} whose message names address and reason, with
   * a {@link javax.net.ssl.SSLException} as its cause if TLS failed. A future that is cancelled
   * closes what was dialled.
   *
   * @param tls empty for plain TCP
   * @param reader asked once, on the channel's loop, before anything is read
   */
  public static CompletableFuture<LineChannel> connect(
      EventLoops loops,
      HostPort address,
      Optional<TlsClient> tls,
      LineLimits limits,
      Function<LineChannel, LineReader> reader) {
    return new LineConnect(loops, address, address, tls, limits, reader).start();
  }

  /**
   * As the other one, by another way to the same peer: TCP goes to {@code route}, TLS asks for
   * {@code address} and checks that it is there.
   */
  public static CompletableFuture<LineChannel> connect(
      EventLoops loops,
      HostPort route,
      HostPort address,
      Optional<TlsClient> tls,
      LineLimits limits,
      Function<LineChannel, LineReader> reader) {
    return new LineConnect(loops, route, address, tls, limits, reader).start();
  }

  /**
   * Sends text as it is, line ends and prompts included, in one write: one TLS record up to 16 KiB,
   * which it shares with others where many wait. Texts leave in the order of the calls.
   *
   * <p>Completes when it has been handed to the system; fails with an {@link IOException}.
   */
  public CompletionStage<Void> send(String text) {
    return output.send(requireNonNull(text, "text is null"));
  }

  /** Writes what waits to be sent; on the channel's loop. */
  void flush() {
    output.flush();
  }

  /** The peer has shown who it is: the {@link LineGate} it came through counts it no more. */
  public void known() {
    left.run();
  }

  /** The peer's address. */
  public SocketAddress remote() {
    return channel.remoteAddress();
  }

  /** The certificate that the peer has shown; empty if it has shown none. */
  public Optional<X509Certificate> peerCertificate() {
    return peerCertificates().stream().findFirst();
  }

  /**
   * The certificate that the peer has shown and whose key it has, then those above it; empty if it
   * has shown none. Checked already, but for {@link TlsServer#asking}.
   */
  public List<X509Certificate> peerCertificates() {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      return List.of();
    }
    try {
      return Stream.of(tls.engine().getSession().getPeerCertificates())
          .filter(X509Certificate.class::isInstance)
          .map(X509Certificate.class::cast)
          .toList();
    } catch (SSLPeerUnverifiedException e) {
      // The JDK's way to say that there is none.
      return List.of();
    }
  }

  /**
   * The host name that the peer asked for (TLS server name indication, RFC 6066), lower case and
   * without a final dot; empty if it has sent none.
   */
  public Optional<String> serverName() {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null && tls.engine().getSession() instanceof ExtendedSSLSession session) {
      for (SNIServerName name : session.getRequestedServerNames()) {
        if (name instanceof SNIHostName host) {
          return Optional.of(host.getAsciiName().toLowerCase(Locale.ROOT).replaceFirst("\\.$", ""));
        }
      }
    }
    return Optional.empty();
  }

  /** The channel's loop, for timers that belong to this connection. */
  public java.util.concurrent.ScheduledExecutorService loop() {
    return channel.eventLoop();
  }

  /** Completes, never exceptionally, when the connection is closed. */
  public CompletionStage<Void> closed() {
    return closed;
  }

  /** Closes once what was sent has gone out, with TLS's closing alert. Idempotent. */
  @Override
  public void close() {
    try {
      channel.eventLoop().execute(this::closeNow);
    } catch (RejectedExecutionException e) {
      // Its loop has ended, and the connection with it.
      channel.close();
    }
  }

  private void closeNow() {
    output.flush();
    Closing.afterWrites(channel);
  }

  @Override
  public String toString() {
    return "LineChannel[" + channel.remoteAddress() + "]";
  }
}
