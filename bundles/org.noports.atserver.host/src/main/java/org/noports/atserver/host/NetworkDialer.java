package org.noports.atserver.host;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.noports.api.AtSign;
import org.noports.api.AtSignNotFound;
import org.noports.api.HostPort;
import org.noports.api.directory.AtDirectory;
import org.noports.atserver.host.peer.PeerDialer;
import org.noports.atserver.host.peer.PeerTrouble;
import org.noports.transport.EventLoops;
import org.noports.transport.LineChannel;
import org.noports.transport.LineLimits;
import org.noports.transport.LineReader;
import org.noports.transport.TlsClient;

/**
 * Reaches other atServers through the atDirectory, over TCP and TLS; those of this process in the
 * same way. While no atDirectory is there, only those of this process are found.
 */
final class NetworkDialer implements PeerDialer {
  private final EventLoops loops;
  private final Supplier<TlsClient> tls;
  private final Supplier<Optional<AtDirectory>> directory;
  private final Function<AtSign, Optional<HostPort>> here;
  private final UnaryOperator<HostPort> route;

  /**
   * A dialer that may use short ways.
   *
   * @param here where the atSigns of this process answer
   * @param route the way to an address, if there is a shorter one
   */
  NetworkDialer(
      EventLoops loops,
      Supplier<TlsClient> tls,
      Supplier<Optional<AtDirectory>> directory,
      Function<AtSign, Optional<HostPort>> here,
      UnaryOperator<HostPort> route) {
    this.loops = loops;
    this.tls = tls;
    this.directory = directory;
    this.here = here;
    this.route = route;
  }

  @Override
  public CompletionStage<LineChannel> dial(AtSign peer, Function<LineChannel, LineReader> reader) {
    return find(peer)
        .thenCompose(
            address ->
                LineChannel.connect(
                    loops,
                    route.apply(address),
                    address,
                    Optional.of(tls.get()),
                    LineLimits.DEFAULT,
                    reader))
        .exceptionallyCompose(
            failure -> CompletableFuture.failedFuture(trouble(peer, cause(failure))));
  }

  /** Where an atSign's atServer answers, as the atDirectory says. */
  CompletionStage<HostPort> find(AtSign peer) {
    Optional<HostPort> own = here.apply(peer);
    Optional<AtDirectory> asked = directory.get();
    if (asked.isEmpty()) {
      return own.map(CompletableFuture::completedFuture)
          .orElseGet(
              () ->
                  CompletableFuture.failedFuture(
                      new PeerTrouble(
                          PeerTrouble.Kind.UNREACHABLE, "no atDirectory can be asked now")));
    }
    return asked.get().find(peer);
  }

  private PeerTrouble trouble(AtSign peer, Throwable cause) {
    if (cause instanceof PeerTrouble trouble) {
      return trouble;
    }
    if (cause instanceof AtSignNotFound) {
      return new PeerTrouble(PeerTrouble.Kind.UNKNOWN, "the atDirectory does not know " + peer);
    }
    // Its atServer may have moved.
    directory.get().ifPresent(present -> present.forget(peer));
    return new PeerTrouble(PeerTrouble.Kind.UNREACHABLE, peer + ": " + cause.getMessage());
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
