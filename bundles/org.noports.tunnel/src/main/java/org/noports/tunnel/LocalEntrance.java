package org.noports.tunnel;

import io.netty.channel.Channel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.LocalAddress;
import org.noports.transport.Closing;

/**
 * Where applications on the client's machine enter: a bound address whose connections each get one
 * through the session that serves it. First of the data path. It outlives sessions, so that a lost
 * one can be replaced behind the same port.
 */
final class LocalEntrance implements Entrance {
  private final Way way;
  private volatile BoundAddress bound;
  private ClientEnd end;

  /**
   * @param way where its applications go
   */
  LocalEntrance(Way way) {
    this.way = way;
  }

  /** Takes the address, which does not accept yet. */
  LocalEntrance listensOn(BoundAddress address) {
    bound = address;
    return this;
  }

  @Override
  public LocalAddress address() {
    return bound.address();
  }

  @Override
  public synchronized CompletionStage<Void> serve(ClientEnd next) {
    end = next;
    bound.accept(true);
    next.ended().thenAccept(why -> lost(next));
    return CompletableFuture.completedFuture(null);
  }

  /** Accepting for a session that is over would fail every application that comes. */
  private synchronized void lost(ClientEnd over) {
    if (end == over) {
      pause();
    }
  }

  @Override
  public synchronized void pause() {
    bound.accept(false);
  }

  /** An application is here; called on its channel's loop. */
  void accepted(Channel application) {
    ClientEnd serving;
    synchronized (this) {
      serving = end;
    }
    if (serving == null) {
      Closing.reset(application);
    } else {
      way.take(application, serving, address());
    }
  }

  @Override
  public void close() {
    bound.close();
  }

  @Override
  public String toString() {
    return "LocalEntrance[" + bound.address() + "]";
  }
}
