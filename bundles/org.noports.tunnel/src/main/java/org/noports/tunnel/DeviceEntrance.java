package org.noports.tunnel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.RemoteEntrance;
import org.noports.tunnel.session.MultiplexedStream;

/**
 * Where the device listens for this client: for as long as the stream that asked for it is open.
 */
final class DeviceEntrance implements RemoteEntrance {
  private final MultiplexedStream asking;
  private final LocalAddress address;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  DeviceEntrance(MultiplexedStream asking, LocalAddress address) {
    this.asking = asking;
    this.address = address;
    asking.closeFuture().addListener(done -> closed.complete(null));
  }

  @Override
  public LocalAddress address() {
    return address;
  }

  @Override
  public CompletionStage<Void> closed() {
    return closed;
  }

  @Override
  public void close() {
    asking.close();
  }
}
