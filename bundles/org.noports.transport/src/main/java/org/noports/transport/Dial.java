package org.noports.transport;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.noports.api.HostPort;

/** One attempt to reach a TCP address: look up the name, then one IP address after the other. */
final class Dial {
  private final Kind kind;
  private final Executor names;
  private final EventLoop loop;
  private final HostPort address;
  private final Duration timeout;
  private final long deadline;
  private final CompletableFuture<Channel> result = new CompletableFuture<>();

  /**
   * @param timeout what a message says
   * @param deadline by {@link System#nanoTime}
   */
  Dial(
      Kind kind,
      Executor names,
      EventLoop loop,
      HostPort address,
      Duration timeout,
      long deadline) {
    this.kind = kind;
    this.names = names;
    this.loop = requireNonNull(loop, "loop is null");
    this.address = requireNonNull(address, "address is null");
    this.timeout = requireNonNull(timeout, "timeout is null");
    this.deadline = deadline;
  }

  CompletableFuture<Channel> start() {
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(address.host());
    return literal == null
        ? begin(() -> names.execute(this::lookUp))
        : begin(() -> loop.execute(() -> connectLiteral(literal)));
  }

  /** Nothing is looked up: {@code exactly} these are dialled, in turn. */
  CompletableFuture<Channel> start(List<InetAddress> exactly) {
    InetAddress[] found = exactly.toArray(InetAddress[]::new);
    return begin(() -> loop.execute(() -> connect(found, 0)));
  }

  private CompletableFuture<Channel> begin(Runnable attempt) {
    try {
      long left = Math.max(0, deadline - System.nanoTime());
      var alarm = loop.schedule(this::tooLate, left, TimeUnit.NANOSECONDS);
      result.whenComplete((channel, failure) -> alarm.cancel(false));
      attempt.run();
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(
          new IOException("Cannot connect to " + address + ": shutting down", e));
    }
    return result;
  }

  private void tooLate() {
    result.completeExceptionally(
        new IOException(
            "Cannot connect to " + address + ": no answer within " + timeout.toMillis() + " ms"));
  }

  private void connectLiteral(byte[] literal) {
    try {
      connect(new InetAddress[] {InetAddress.getByAddress(literal)}, 0);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + literal.length + " bytes", e);
    }
  }

  private void lookUp() {
    try {
      InetAddress[] found = InetAddress.getAllByName(address.host());
      loop.execute(() -> connect(found, 0));
    } catch (UnknownHostException e) {
      result.completeExceptionally(
          new IOException("Cannot connect to " + address + ": no such host name", e));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(
          new IOException("Cannot connect to " + address + ": shutting down", e));
    }
  }

  private void connect(InetAddress[] addresses, int index) {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (result.isDone()) {
      return;
    }
    ChannelFuture connecting =
        ChannelOptions.dialler(loop, kind.dialler())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.max(1, left))
            .connect(new InetSocketAddress(addresses[index], address.port()));
    Channel channel = connecting.channel();
    result.whenComplete(
        (mine, failure) -> {
          if (mine != channel) {
            channel.close();
          }
        });
    connecting.addListener(done -> connected(connecting, addresses, index));
  }

  private void connected(ChannelFuture connecting, InetAddress[] addresses, int index) {
    Channel channel = connecting.channel();
    if (connecting.isSuccess()) {
      ChannelOptions.tcp(channel);
      // A result that was taken already (too late, cancelled) has closed this channel.
      result.complete(channel);
    } else if (index + 1 < addresses.length) {
      connect(addresses, index + 1);
    } else {
      result.completeExceptionally(
          new IOException(
              "Cannot connect to " + address + ": " + Reason.of(connecting.cause()),
              connecting.cause()));
    }
  }
}
