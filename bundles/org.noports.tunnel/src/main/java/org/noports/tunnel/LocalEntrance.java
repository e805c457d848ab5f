package org.noports.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.LocalAddress;
import org.noports.transport.ChannelStream;
import org.noports.transport.Closing;
import org.noports.transport.Splice;

/**
 * Where applications on the client's machine enter: a bound address whose connections each get one
 * through the session that serves it. First of the data path. It outlives sessions, so that a lost
 * one can be replaced behind the same port.
 */
final class LocalEntrance implements Entrance {
  private final LocalAddress address;
  private final Runnable gone;
  private volatile Channel listening;
  private ClientEnd end;

  LocalEntrance(LocalAddress address, Runnable gone) {
    this.address = address;
    this.gone = gone;
  }

  /** The listening channel, which does not accept yet. */
  void listensOn(Channel channel) {
    listening = channel;
    channel.closeFuture().addListener(f -> gone.run());
  }

  @Override
  public LocalAddress address() {
    return address;
  }

  @Override
  public synchronized void serve(ClientEnd next) {
    end = next;
    listening.config().setAutoRead(true);
    next.ended().thenAccept(why -> lost(next));
  }

  /** Accepting for a session that is over would fail every application that comes. */
  private synchronized void lost(ClientEnd over) {
    if (end == over) {
      pause();
    }
  }

  @Override
  public synchronized void pause() {
    listening.config().setAutoRead(false);
  }

  /** An application is here; called on its channel's loop. */
  void accepted(Channel application) {
    ClientEnd serving;
    synchronized (this) {
      serving = end;
    }
    if (serving == null) {
      Closing.reset(application);
      return;
    }
    CompletionStage<Channel> connecting;
    if (serving instanceof ClientSession ours) {
      CompletableFuture<Channel> attempt = ours.connectOn(application.eventLoop());
      application.closeFuture().addListener(f -> attempt.cancel(false));
      connecting = attempt;
    } else {
      connecting =
          serving
              .connect()
              .thenCompose(stream -> ChannelStream.channelOf(stream, application.eventLoop()));
    }
    connecting.whenComplete(
        (relay, failure) -> {
          if (failure == null) {
            Splice.join("the application", application, "the relay", relay);
          } else if (application.isOpen()) {
            TunnelLog.notOpened(address, Failures.cause(failure).getMessage());
            Closing.reset(application);
          }
        });
  }

  /** Returns when the address is free, except on an I/O loop, which must not wait. */
  @Override
  public void close() {
    ChannelFuture closing = listening.close();
    if (!(Thread.currentThread() instanceof FastThreadLocalThread)) {
      closing.awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
  }

  @Override
  public String toString() {
    return "LocalEntrance[" + address + "]";
  }
}
