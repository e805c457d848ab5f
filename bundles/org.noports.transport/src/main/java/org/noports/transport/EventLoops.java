package org.noports.transport;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.noports.api.HostPort;

/**
 * A provider's I/O threads: made when it is activated, closed when it is deactivated, one value for
 * each provider. Under every channel of the system.
 *
 * <p>Epoll where Netty's native library is there, NIO elsewhere; {@link #kind} says which. Channels
 * made here do not read by themselves and keep half-close. Thread-safe.
 */
public final class EventLoops implements AutoCloseable {
  private static final int NAME_THREADS = 4;

  /** What UDP can carry at most. */
  private static final int LARGEST_DATAGRAM = 65_535;

  private final EventLoopGroup group;
  private final Kind kind;
  private final ThreadPoolExecutor names;
  private final WayOut wayOut;

  private EventLoops(Kind kind, String name, int threads, WayOut wayOut, ByteBufAllocator memory) {
    LeakSearch.onlyIfAskedFor();
    this.kind = kind;
    this.wayOut = requireNonNull(wayOut, "wayOut is null");
    this.group =
        new LoopGroup(
            threads, new DefaultThreadFactory(name + "-io", true), kind.handlers(), memory);
    // Looking up a host name blocks in the JDK, so it must not happen on an I/O loop.
    this.names =
        new ThreadPoolExecutor(
            NAME_THREADS,
            NAME_THREADS,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory(name + "-names", true));
    names.allowCoreThreadTimeOut(true);
  }

  /**
   * Starts loops whose threads are called {@code name-io-…}.
   *
   * @param threads how many, or 0 for one per processor
   */
  public static EventLoops start(String name, int threads) {
    return start(name, threads, Kind.best());
  }

  /** Starts loops of a kind that the caller chooses; {@link #start(String, int)} is the usual. */
  public static EventLoops start(String name, int threads, Kind kind) {
    return start(name, threads, kind, WayOut.direct(), ByteBufAllocator.DEFAULT);
  }

  /** Starts loops that dial by the way that {@code wayOut} says; the others dial directly. */
  public static EventLoops start(String name, int threads, WayOut wayOut) {
    return start(name, threads, Kind.best(), wayOut, ByteBufAllocator.DEFAULT);
  }

  /**
   * Starts loops for few channels that carry much: their memory is kept and used again, by all of
   * such loops together.
   */
  public static EventLoops startForBulk(String name, int threads) {
    return start(name, threads, Kind.best(), WayOut.direct(), BulkMemory.POOLED);
  }

  private static EventLoops start(
      String name, int threads, Kind kind, WayOut wayOut, ByteBufAllocator memory) {
    requireNonNull(name, "name is null");
    if (threads < 0) {
      throw new IllegalArgumentException("Thread count " + threads + " is negative");
    }
    return new EventLoops(
        requireNonNull(kind, "kind is null"),
        name,
        threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
        wayOut,
        memory);
  }

  /** What waits for I/O. */
  public Kind kind() {
    return kind;
  }

  /** One of the loops, each in turn. */
  public EventLoop next() {
    return group.next();
  }

  /** Where the channels of a loop have their bytes. */
  public static ByteBufAllocator memory(EventLoop loop) {
    return LoopGroup.memory(requireNonNull(loop, "loop is null"));
  }

  /** Whether the caller is on one of these loops, and must not wait for anything. */
  public boolean isOnOne() {
    return StreamSupport.stream(group.spliterator(), false).anyMatch(EventExecutor::inEventLoop);
  }

  /**
   * A bootstrap for TCP listeners with our options set; the caller binds it.
   *
   * @param accepted is given each accepted channel, on its loop; the channel does not read by
   *     itself, keeps half-close, and holds what arrives before the first read
   */
  public ServerBootstrap listener(Consumer<Channel> accepted) {
    return ChannelOptions.listener(group, kind.listener(), tcp(accepted));
  }

  /** As {@link #listener(Consumer)}, with the listener and all that it accepts on one loop. */
  public ServerBootstrap listener(EventLoop loop, Consumer<Channel> accepted) {
    return ChannelOptions.listener(
        requireNonNull(loop, "loop is null"), kind.listener(), tcp(accepted));
  }

  private static Consumer<Channel> tcp(Consumer<Channel> accepted) {
    return channel -> {
      ChannelOptions.tcp(channel);
      accepted.accept(channel);
    };
  }

  /**
   * As {@link #listener(Consumer)}, for Unix domain sockets; bind it to {@link Kind#unixAddress}.
   */
  public ServerBootstrap unixListener(Consumer<Channel> accepted) {
    return ChannelOptions.listener(group, kind.unixListener(), accepted);
  }

  /**
   * A bootstrap for UDP sockets on one of our loops; the caller gives the handler, then binds or
   * connects. They read by themselves: what nobody takes in time is lost, as datagrams are.
   */
  public Bootstrap datagrams(EventLoop loop) {
    return new Bootstrap()
        .group(requireNonNull(loop, "loop is null"))
        .channelFactory(kind.datagrams())
        .option(ChannelOption.ALLOCATOR, LoopGroup.memory(loop))
        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LARGEST_DATAGRAM));
  }

  /** As {@link #dial(HostPort, Duration, EventLoop)}, on the next loop. */
  public CompletableFuture<Channel> dial(HostPort address, Duration timeout) {
    return dial(address, timeout, next());
  }

  /**
   * Connects to a TCP address by our {@link WayOut}; if that is direct, trying each of the host's
   * IP addresses in turn.
   *
   * <p>Fails with a {@link IOException} whose message names address and reason. A future that is
   * cancelled closes what was dialled. Completes on {@code loop}.
   *
   * @param timeout for the whole attempt, the look-up of the name included
   * @param loop one of ours
   */
  public CompletableFuture<Channel> dial(HostPort address, Duration timeout, EventLoop loop) {
    return new RoutedDial(kind, names, loop, address, timeout).start(wayOut.to(address));
  }

  /**
   * Connects to exactly these IP addresses in turn, for whoever has looked a name up and decided on
   * what was found; directly, whatever our {@link WayOut} is. Otherwise as {@link #dial(HostPort,
   * Duration, EventLoop)}.
   *
   * @param address what messages call it, and the port
   */
  public CompletableFuture<Channel> dial(
      HostPort address, List<InetAddress> exactly, Duration timeout, EventLoop loop) {
    long deadline = System.nanoTime() + timeout.toNanos();
    return new Dial(kind, names, loop, address, timeout, deadline).start(exactly);
  }

  /**
   * Moves a channel that is not being read to another of the loops; nothing that was received is
   * lost. Completes on {@code loop}; fails, and the channel is closed, if the loop takes it no
   * more.
   */
  public static CompletionStage<Channel> move(Channel channel, EventLoop loop) {
    return LoopChange.move(
        requireNonNull(channel, "channel is null"), requireNonNull(loop, "loop is null"));
  }

  /** The IP address of a host, looked up beside the loops. Fails with a {@link IOException}. */
  public CompletionStage<InetAddress> resolve(String host) {
    requireNonNull(host, "host is null");
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return InetAddress.getByName(host);
          } catch (UnknownHostException e) {
            throw new CompletionException(new IOException("No such host name: " + host, e));
          }
        },
        names);
  }

  /**
   * Closes all channels of these loops and ends their threads; waits up to three seconds for them,
   * except when called on one of them. Idempotent.
   */
  @Override
  public void close() {
    names.shutdownNow();
    var over = group.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    for (var executor : group) {
      if (executor.inEventLoop()) {
        return;
      }
    }
    over.awaitUninterruptibly(3, TimeUnit.SECONDS);
  }

  @Override
  public String toString() {
    return "EventLoops[" + kind + "]";
  }
}
