package org.noports.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.noports.api.SessionGone;
import org.noports.api.stream.ByteStream;
import org.noports.api.tunnel.Level;
import org.noports.protocol.relay.ControlMessage;
import org.noports.protocol.relay.ControlMessage.Connect;
import org.noports.protocol.relay.ControlMessage.StreamKey;
import org.noports.transport.ChannelStream;

/** One connection on its way: keys, relay, announcement, in that order. On the session's loop. */
final class ConnectAttempt {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ClientSession session;
  private final EventLoop target;
  private final CompletableFuture<Channel> result;

  ConnectAttempt(ClientSession session, EventLoop target, CompletableFuture<Channel> result) {
    this.session = session;
    this.target = target;
    this.result = result;
  }

  void start() {
    if (result.isDone()) {
      session.attemptDone();
      return;
    }
    Connect message = freshKeys(session.keys.level());
    try {
      // Before dialling: without a cipher nothing may reach the relay, whose order would shift.
      var keys = Directions.ofConnection(session.keys.cipher(), message, true);
      session
          .plan
          .leg()
          .dial()
          .whenComplete(
              (stream, failure) ->
                  session.onLoop(
                      () -> dialled(message, keys, stream, failure),
                      () -> stopped(message, keys, Optional.ofNullable(stream))));
    } catch (CipherUnavailable e) {
      message.close();
      result.completeExceptionally(e);
      session.attemptDone();
    }
  }

  /** The session has ended before this was its turn. */
  void tooLate() {
    result.completeExceptionally(
        new SessionGone("Session " + session.plan.id() + " has ended; open a new one"));
  }

  private static Connect freshKeys(Level level) {
    return level == Level.L0
        ? new ControlMessage.ConnectLegacy(freshKey())
        : new ControlMessage.ConnectTwin(freshKey(), freshKey());
  }

  private static StreamKey freshKey() {
    byte[] key = new byte[ControlMessage.KEY_BYTES];
    byte[] iv = new byte[ControlMessage.IV_BYTES];
    RANDOM.nextBytes(key);
    RANDOM.nextBytes(iv);
    return new StreamKey(Secret.owning(key), iv);
  }

  /** The tunnel was stopped while the relay was dialled. */
  private void stopped(Connect message, Directions keys, Optional<ByteStream> stream) {
    message.close();
    keys.close();
    stream.ifPresent(ByteStream::close);
    tooLate();
  }

  private void dialled(Connect message, Directions keys, ByteStream stream, Throwable failure) {
    if (failure != null) {
      keys.close();
      result.completeExceptionally(Failures.relay(failure));
      if (Failures.shiftsTheOrder(failure)) {
        session.end("the relay may have taken a connection that was given up here");
      }
    } else if (session.isOver()) {
      keys.close();
      stream.close();
      tooLate();
    } else {
      // Announced even if nobody waits for it any more: the relay has it in its order already.
      session.say(message);
      ChannelStream.channelOf(stream, target)
          .whenCompleteAsync((relay, problem) -> ready(keys, relay, problem), target)
          .exceptionally(this::lost);
    }
    message.close();
    session.attemptDone();
  }

  private void ready(Directions keys, Channel relay, Throwable problem) {
    if (problem != null) {
      keys.close();
      result.completeExceptionally(Failures.connection(problem));
      return;
    }
    TunnelPipeline.seal(relay, keys, session.meter);
    try {
      keys.confirm(session.keys.cipher());
      if (!result.complete(relay)) {
        relay.close();
        return;
      }
      // Now the session holds it, and who leaves a cipher finds it; a moment ago he did not.
      keys.confirm(session.keys.cipher());
    } catch (CipherUnavailable e) {
      relay.close();
      result.completeExceptionally(e);
    }
  }

  /** Also when the loops were closed before they could say so. */
  private Channel lost(Throwable problem) {
    result.completeExceptionally(Failures.relay(problem));
    return null;
  }
}
