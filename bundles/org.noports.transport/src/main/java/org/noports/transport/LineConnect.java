package org.noports.transport;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.noports.api.HostPort;

/** One attempt to open a {@link LineChannel}: TCP, then TLS, then reading. */
final class LineConnect {
  private final EventLoops loops;
  private final HostPort route;
  private final HostPort address;
  private final Optional<TlsClient> tls;
  private final LineLimits limits;
  private final Function<LineChannel, LineReader> reader;
  private final CompletableFuture<LineChannel> result = new CompletableFuture<>();

  LineConnect(
      EventLoops loops,
      HostPort route,
      HostPort address,
      Optional<TlsClient> tls,
      LineLimits limits,
      Function<LineChannel, LineReader> reader) {
    this.loops = requireNonNull(loops, "loops is null");
    this.route = requireNonNull(route, "route is null");
    this.address = requireNonNull(address, "address is null");
    this.tls = requireNonNull(tls, "tls is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.reader = requireNonNull(reader, "reader is null");
  }

  CompletableFuture<LineChannel> start() {
    CompletableFuture<Channel> dialled = loops.dial(route, limits.connectTimeout());
    dialled.whenComplete(
        (channel, failure) -> {
          if (failure != null) {
            result.completeExceptionally(failure);
          } else if (tls.isPresent()) {
            handshake(channel, tls.get());
          } else {
            begin(channel);
          }
        });
    result.whenComplete(
        (mine, failure) -> {
          if (failure != null && !dialled.cancel(false)) {
            dialled.thenAccept(Channel::close);
          }
        });
    return result;
  }

  private void handshake(Channel channel, TlsClient client) {
    SslHandler handler = client.handler(channel.alloc(), address);
    handler.setHandshakeTimeoutMillis(limits.handshakeTimeout().toMillis());
    // In the pipeline before the hand-shake starts, so that its failure is reported once, here.
    channel.pipeline().addLast(handler, new Quiet());
    handler
        .handshakeFuture()
        .addListener(
            done -> {
              if (done.isSuccess()) {
                channel.pipeline().remove(Quiet.class);
                begin(channel);
              } else {
                result.completeExceptionally(
                    new IOException(
                        "TLS with " + address + " failed: " + Reason.of(done.cause()),
                        done.cause()));
              }
            });
    channel.read();
  }

  private void begin(Channel channel) {
    LineChannel line = new LineChannel(channel);
    channel
        .pipeline()
        .addLast(new LineHandler(reader.apply(line), line::flush, limits.longestLine()));
    result.complete(line);
  }
}
