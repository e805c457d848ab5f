package org.noports.testkit.fakes;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.LocalAddress;

/** An entrance that nobody can come through. */
public final class FakeEntrance implements Entrance {
  private final LocalAddress address;
  private volatile Optional<ClientEnd> serving = Optional.empty();
  private volatile boolean closed;

  FakeEntrance(LocalAddress address) {
    this.address = address;
  }

  @Override
  public LocalAddress address() {
    return address;
  }

  @Override
  public CompletionStage<Void> serve(ClientEnd end) {
    serving = Optional.of(end);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void pause() {
    serving = Optional.empty();
  }

  /** The end that connections would go through now. */
  public Optional<ClientEnd> serving() {
    return serving;
  }

  public boolean closed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
