package org.noports.transport;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.noports.api.HostPort;
import org.noports.api.network.Route;

/**
 * One attempt to reach a TCP address by the way that {@link WayOut} says: directly, or to a proxy
 * and by its {@link ProxyTalk} on. The target's name is looked up here only for the direct way.
 */
final class RoutedDial {
  private static final String SETTING = "org.noports.proxy.cfg";

  private final Kind kind;
  private final Executor names;
  private final EventLoop loop;
  private final HostPort target;
  private final Duration timeout;
  private final long deadline;
  private final CompletableFuture<Channel> result = new CompletableFuture<>();

  RoutedDial(Kind kind, Executor names, EventLoop loop, HostPort target, Duration timeout) {
    this.kind = kind;
    this.names = names;
    this.loop = requireNonNull(loop, "loop is null");
    this.target = requireNonNull(target, "target is null");
    this.timeout = requireNonNull(timeout, "timeout is null");
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  CompletableFuture<Channel> start(CompletionStage<Route> route) {
    CompletableFuture<Route> awaited = route.toCompletableFuture().copy();
    try {
      var alarm = loop.schedule(() -> tooLate(awaited), timeout.toNanos(), TimeUnit.NANOSECONDS);
      result.whenComplete((channel, failure) -> alarm.cancel(false));
      awaited.thenAccept(this::go);
    } catch (RejectedExecutionException e) {
      fail("shutting down", e);
    }
    return result;
  }

  /** Directly or not, a dial in time says by itself why it failed. */
  private void tooLate(CompletableFuture<Route> route) {
    if (!route.isDone()) {
      fail(
          "whether a proxy is to be used is not known, since the bundle org.noports.proxy does not"
              + " run; start it",
          null);
    }
  }

  private void go(Route route) {
    if (result.isDone()) {
      return;
    }
    if (route instanceof Route.Through through) {
      HostPort proxy = through.proxy();
      hand(
          dial(proxy),
          channel -> talk(channel, through),
          failure ->
              fail(
                  "the proxy "
                      + through
                      + " cannot be reached ("
                      + Reason.bare(failure)
                      + "); check 'url' in "
                      + SETTING
                      + " and that the proxy runs",
                  failure));
    } else if (route instanceof Route.Closed closed) {
      fail(closed.why(), null);
    } else {
      hand(dial(target), result::complete, result::completeExceptionally);
    }
  }

  private CompletableFuture<Channel> dial(HostPort next) {
    return new Dial(kind, names, loop, next, timeout, deadline).start();
  }

  private void hand(
      CompletableFuture<Channel> dialled, Consumer<Channel> connected, Consumer<Throwable> failed) {
    result.whenComplete(
        (mine, failure) -> {
          if (failure != null && !dialled.cancel(false)) {
            dialled.thenAccept(Channel::close);
          }
        });
    dialled.whenComplete(
        (channel, failure) -> {
          if (failure == null) {
            connected.accept(channel);
          } else if (!result.isDone()) {
            failed.accept(failure);
          }
        });
  }

  private void talk(Channel channel, Route.Through through) {
    ProxyTalk talk =
        switch (through.protocol()) {
          case HTTP -> new HttpConnectTalk(target, through.login());
          case SOCKS5 -> new Socks5Talk(target, through.login());
        };
    long left = Math.max(1, deadline - System.nanoTime());
    ProxyHandler handler = new ProxyHandler(talk, left);
    handler
        .done()
        .whenComplete(
            (connected, failure) -> {
              if (failure == null) {
                result.complete(channel);
              } else {
                fail("the proxy " + through + " " + failure.getMessage(), failure);
              }
            });
    channel.pipeline().addLast(handler);
  }

  private void fail(String why, Throwable cause) {
    result.completeExceptionally(
        new IOException("Cannot connect to " + target + ": " + why, cause));
  }
}
