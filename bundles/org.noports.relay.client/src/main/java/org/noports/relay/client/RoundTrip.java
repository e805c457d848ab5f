package org.noports.relay.client;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.noports.api.HostPort;
import org.noports.api.RelayUnavailable;

/**
 * One measurement of the way to a relay: dials a port at which relays speak first (the challenge,
 * docs/protocol/noports.md 4.4), waits for the first byte and hangs up without having said who we
 * are. Connecting alone would measure whoever forwards for the relay.
 */
final class RoundTrip extends ChannelInboundHandlerAdapter {
  private final HostPort door;
  private final int trips;
  private final long began = System.nanoTime();
  private final CompletableFuture<Duration> result = new CompletableFuture<>();

  private RoundTrip(HostPort door, int trips) {
    this.door = door;
    this.trips = trips;
  }

  /**
   * Waits for the relay's first word.
   *
   * @param dialled just begun
   * @param trips how many round trips it takes until the first word is here
   * @param within after which it is not waited for
   */
  static CompletableFuture<Duration> over(
      CompletableFuture<Channel> dialled, HostPort door, int trips, Duration within) {
    RoundTrip measured = new RoundTrip(door, trips);
    measured.result.whenComplete(
        (time, failure) -> {
          if (!dialled.cancel(false)) {
            dialled.thenAccept(Channel::close);
          }
        });
    dialled.whenComplete(
        (channel, failure) -> {
          if (failure == null) {
            measured.await(channel, within);
          } else {
            measured.notConnected(failure);
          }
        });
    return measured.result;
  }

  private void await(Channel channel, Duration within) {
    long left = Math.max(1, within.toNanos() - (System.nanoTime() - began));
    var alarm =
        channel.eventLoop().schedule(() -> fail("says nothing"), left, TimeUnit.NANOSECONDS);
    result.whenComplete((time, failure) -> alarm.cancel(false));
    channel.pipeline().addLast(this);
    channel.read();
  }

  /** Whoever refuses has answered, too: after one round trip, and nobody stands between. */
  private void notConnected(Throwable failure) {
    if (failure.getCause() instanceof ConnectException refused
        && String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT).contains("refused")) {
      result.complete(Duration.ofNanos(System.nanoTime() - began));
    } else {
      fail("is not reached: " + failure.getMessage());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ReferenceCountUtil.release(message);
    result.complete(Duration.ofNanos((System.nanoTime() - began) / trips));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      fail("hangs up");
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail("hangs up");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail("hangs up");
  }

  private void fail(String what) {
    result.completeExceptionally(
        new RelayUnavailable("The way to relay " + door + " cannot be measured: it " + what));
  }
}
