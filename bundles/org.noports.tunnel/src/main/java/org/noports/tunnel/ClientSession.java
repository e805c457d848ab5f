package org.noports.tunnel;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.stream.ByteStream;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.SessionKeys;
import org.noports.api.tunnel.SessionPlan;
import org.noports.protocol.relay.ControlMessage;
import org.noports.transport.ChannelStream;
import org.noports.transport.EventLoops;

/**
 * The client's end: dials the relay for each connection and announces it on the control channel.
 *
 * <p>The relay pairs sockets in the order in which they come, and each pair has keys of its own. So
 * one connection is made at a time: dialled and let in, then announced, then the next
 * (docs/protocol/noports.md 4.6).
 */
final class ClientSession extends LiveSession implements ClientEnd {
  private final EventLoops loops;
  private final Queue<ConnectAttempt> waiting = new ArrayDeque<>();
  private boolean busy;
  private long heartbeats;

  ClientSession(SessionPlan plan, SessionKeys keys, Channel control, Surroundings around) {
    super(plan, keys, control, around, "client");
    this.loops = around.loops();
  }

  @Override
  void begin() {
    control.pipeline().addLast(new ControlListener(data -> {}));
    control.read();
    plan.heartbeat().ifPresent(every -> every(every.toMillis(), this::beat));
    super.begin();
  }

  private void beat() {
    say(new ControlMessage.Heartbeat(++heartbeats));
  }

  /** One write for each message: older devices take one read for one message. */
  void say(ControlMessage message) {
    byte[] bytes = message.toBytes();
    control
        .writeAndFlush(Unpooled.wrappedBuffer(bytes))
        .addListener(
            done -> {
              Arrays.fill(bytes, (byte) 0);
              if (!done.isSuccess()) {
                control.close();
              }
            });
  }

  @Override
  public CompletionStage<ByteStream> connect() {
    return connectOn(loops.next()).thenApply(ChannelStream::over);
  }

  /**
   * A channel to the relay on {@code loop} that is clear on our side. If its future was cancelled,
   * nothing stays open.
   */
  CompletableFuture<Channel> connectOn(EventLoop loop) {
    var result = new CompletableFuture<Channel>();
    connectionBegun();
    result.whenComplete(
        (relay, failure) -> {
          if (failure == null) {
            connected(relay);
          } else {
            connectionClosed();
          }
        });
    var attempt = new ConnectAttempt(this, loop, result);
    onLoop(
        () -> {
          if (isOver()) {
            attempt.tooLate();
          } else {
            waiting.add(attempt);
            next();
          }
        });
    return result;
  }

  @Override
  void ending() {
    waiting.forEach(ConnectAttempt::tooLate);
    waiting.clear();
  }

  private void next() {
    if (!busy && !waiting.isEmpty()) {
      busy = true;
      waiting.remove().start();
    }
  }

  /** The attempt that was under way is announced, or has failed: the order is safe. */
  void attemptDone() {
    busy = false;
    next();
  }
}
