package org.noports.tunnel;

import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.api.stream.ByteStream;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.Forward;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.RemoteEntrance;
import org.noports.api.tunnel.StreamRequest;
import org.noports.transport.ChannelStream;
import org.noports.transport.Splice;

/**
 * The client's side of a listener on the device: each connection that comes there is taken to the
 * client's target. It outlives sessions: each one that serves it has its device listen.
 */
final class RemoteForward implements Entrance {
  private final Surroundings around;
  private final Forward.Remote forward;
  private Optional<RemoteEntrance> listening = Optional.empty();
  private Optional<ClientEnd> end = Optional.empty();

  RemoteForward(Surroundings around, Forward.Remote forward) {
    this.around = around;
    this.forward = forward;
  }

  @Override
  public synchronized LocalAddress address() {
    return listening.map(RemoteEntrance::address).orElse(forward.at());
  }

  @Override
  public CompletionStage<Void> serve(ClientEnd next) {
    synchronized (this) {
      end = Optional.of(next);
    }
    var asked = new StreamRequest.Listen(forward.at());
    return next.listen(asked, this::arrived).thenAccept(entrance -> listens(next, entrance));
  }

  private void listens(ClientEnd serving, RemoteEntrance entrance) {
    synchronized (this) {
      if (end.equals(Optional.of(serving))) {
        listening = Optional.of(entrance);
        return;
      }
    }
    entrance.close();
  }

  /** An application came at the device; whether ours is there is found out only now. */
  private void arrived(ByteStream stream) {
    EventLoop loop = around.loops().next();
    around
        .loops()
        .dial(forward.to(), around.settings().connectTimeout(), loop)
        .whenComplete(
            (service, failure) -> {
              if (failure == null) {
                ChannelStream.channelOf(stream, loop)
                    .whenComplete(
                        (channel, lost) -> {
                          if (lost == null) {
                            Splice.join("the service", service, "the relay", channel);
                          } else {
                            service.close();
                          }
                        });
              } else {
                TunnelLog.notOpened(address(), Failures.cause(failure).getMessage());
                stream.close();
              }
            });
  }

  /** What the device listens on belongs to its session, which is being replaced. */
  @Override
  public void pause() {
    leave();
  }

  @Override
  public void close() {
    leave();
  }

  private void leave() {
    Optional<RemoteEntrance> last;
    synchronized (this) {
      last = listening;
      listening = Optional.empty();
      end = Optional.empty();
    }
    last.ifPresent(RemoteEntrance::close);
  }

  @Override
  public String toString() {
    return "RemoteForward[" + forward + "]";
  }
}
