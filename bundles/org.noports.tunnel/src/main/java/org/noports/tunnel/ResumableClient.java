package org.noports.tunnel;

import io.netty.channel.Channel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.noports.api.ProtocolViolation;
import org.noports.api.SessionRefused;
import org.noports.api.stream.ByteStream;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.RemoteEntrance;
import org.noports.api.tunnel.SessionPlan;
import org.noports.api.tunnel.StreamRequest;
import org.noports.transport.ChannelStream;
import org.noports.transport.Closing;
import org.noports.transport.Splice;
import org.noports.tunnel.session.MultiplexedStream;
import org.noports.tunnel.session.StreamWords;

/** The client's end of an NP2 session: each connection is a stream that it asks the device for. */
final class ResumableClient extends ResumableSession implements ClientEnd {
  private final Map<Integer, Consumer<ByteStream>> arrivals = new HashMap<>();

  /** Each of them has us dial: a device decides how many there are, unless we do. */
  private final StreamPlaces returning;

  ResumableClient(SessionPlan plan, Np2Keys keys, Surroundings around) {
    super(plan, keys, around);
    this.returning =
        new StreamPlaces(
            "connections that came back from the device",
            "maxConnectionsPerSession",
            "client",
            () -> around.settings().connectionsPerSession());
  }

  @Override
  public CompletionStage<ByteStream> connect() {
    return open(StreamWords.connect()).thenApply(ChannelStream::over);
  }

  @Override
  public CompletionStage<ByteStream> open(StreamRequest.Outgoing request) {
    return open(StreamWords.of(request)).thenApply(ChannelStream::over);
  }

  private CompletionStage<MultiplexedStream> open(String words) {
    var result = new CompletableFuture<MultiplexedStream>();
    onLoop(
        () -> {
          if (isOver()) {
            result.completeExceptionally(gone());
            return;
          }
          MultiplexedStream stream = begin(words);
          stream
              .answered()
              .whenComplete(
                  (yes, failure) -> {
                    if (failure != null) {
                      result.completeExceptionally(Failures.cause(failure));
                    } else if (!result.complete(stream)) {
                      stream.close();
                    }
                  });
        });
    return result;
  }

  private MultiplexedStream begin(String words) {
    opened();
    return multiplexer.open(words);
  }

  /**
   * Takes an application through the session; what it says at once waits at the device, so that it
   * costs half a round trip.
   */
  void enter(String words, Channel application, LocalAddress at) {
    onLoop(
        () -> {
          if (isOver()) {
            refuse(application, at, gone());
            return;
          }
          MultiplexedStream stream = begin(words);
          stream
              .answered()
              .whenComplete(
                  (yes, failure) -> {
                    if (failure != null && application.isOpen()) {
                      refuse(application, at, failure);
                    }
                  });
          Splice.join("the tunnel", stream, "the application", application);
        });
  }

  private static void refuse(Channel application, LocalAddress at, Throwable failure) {
    TunnelLog.notOpened(at, Failures.cause(failure).getMessage());
    Closing.reset(application);
  }

  @Override
  public CompletionStage<RemoteEntrance> listen(
      StreamRequest.Listen request, Consumer<ByteStream> taker) {
    return open(StreamWords.of(request))
        .thenCompose(
            stream -> {
              arrivals.put(stream.streamId(), taker);
              stream.closeFuture().addListener(closed -> arrivals.remove(stream.streamId()));
              return stream.answered().thenCompose(address -> entrance(stream, address));
            });
  }

  /** What nobody can read is nothing to listen on: the device need not hold it for us. */
  private static CompletionStage<RemoteEntrance> entrance(
      MultiplexedStream stream, String address) {
    try {
      return CompletableFuture.completedFuture(
          new DeviceEntrance(stream, LocalAddress.of(address)));
    } catch (IllegalArgumentException e) {
      stream.close();
      return CompletableFuture.failedFuture(
          new ProtocolViolation("The device says where it listens, and that is no address", e));
    }
  }

  @Override
  public void asked(MultiplexedStream stream, String request) {
    opened();
    Optional<Consumer<ByteStream>> taker =
        StreamWords.arrival(request).flatMap(id -> Optional.ofNullable(arrivals.get(id)));
    if (taker.isEmpty()) {
      stream.refuse(StreamWords.no(new SessionRefused("nobody waits for it here")));
      return;
    }
    if (!returning.take()) {
      stream.refuse(StreamWords.no(new SessionRefused(returning.exhausted())));
      return;
    }
    stream.closeFuture().addListener(closed -> returning.giveBack());
    stream.accept("");
    taker.get().accept(ChannelStream.over(stream));
  }
}
