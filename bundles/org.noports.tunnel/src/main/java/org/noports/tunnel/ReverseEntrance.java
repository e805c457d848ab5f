package org.noports.tunnel;

import io.netty.channel.Channel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.RemoteEntrance;
import org.noports.transport.Closing;
import org.noports.transport.Splice;
import org.noports.tunnel.stream.DeviceStreams.Back;

/**
 * Where applications on the device's side enter, for the client: a bound address of the device
 * whose connections each get a stream back to the client. It ends with its session.
 */
final class ReverseEntrance implements RemoteEntrance {
  private final Back back;
  private final StreamPlaces places;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private volatile BoundAddress bound;

  /**
   * @param places how many streams the session may still have
   */
  ReverseEntrance(Back back, StreamPlaces places) {
    this.back = back;
    this.places = places;
  }

  /** Takes the address and accepts from now on. */
  ReverseEntrance listensOn(BoundAddress address) {
    bound = address;
    address.closed().addListener(f -> closed.complete(null));
    address.accept(true);
    return this;
  }

  /** An application is here; called on its channel's loop. */
  void accepted(Channel application) {
    if (!places.take()) {
      refuse(application, places.exhausted());
      return;
    }
    application.closeFuture().addListener(f -> places.giveBack());
    back.open(application.eventLoop())
        .whenComplete(
            (stream, failure) -> {
              if (failure == null) {
                Splice.join("the application", application, "the relay", stream);
              } else {
                refuse(application, Failures.cause(failure).getMessage());
              }
            });
  }

  private void refuse(Channel application, String reason) {
    TunnelLog.notOpened(address(), reason);
    Closing.reset(application);
  }

  @Override
  public LocalAddress address() {
    return bound.address();
  }

  @Override
  public CompletionStage<Void> closed() {
    return closed.copy();
  }

  @Override
  public void close() {
    bound.close();
  }
}
