package org.noports.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.ProtocolViolation;
import org.noports.api.Target;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.RemoteEntrance;
import org.noports.api.tunnel.SessionPlan;
import org.noports.api.tunnel.StreamRequest;
import org.noports.tunnel.session.MultiplexedStream;
import org.noports.tunnel.session.StreamWords;
import org.noports.tunnel.stream.DeviceStreams;

/** The device's end of an NP2 session: reads what is asked for, and says what became of it. */
final class ResumableDevice extends ResumableSession {
  private final DeviceStreams streams;
  private final Target own;

  ResumableDevice(
      SessionPlan plan, Np2Keys keys, Surroundings around, DeviceStreams streams, Target own) {
    super(plan, keys, around);
    this.streams = streams;
    this.own = own;
    onLink(
        new LinkListener() {
          @Override
          public void lost(String why) {
            streams.linkless(true);
          }

          @Override
          public void restored() {
            streams.linkless(false);
          }
        });
  }

  @Override
  public void asked(MultiplexedStream stream, String words) {
    opened();
    try {
      StreamRequest request = StreamWords.request(words, own);
      if (request instanceof StreamRequest.Outgoing outgoing) {
        streams
            .open(outgoing, loop)
            .whenComplete((exit, failure) -> onLoop(() -> reached(stream, exit, failure)));
      } else {
        streams
            .listen((StreamRequest.Listen) request, other -> back(stream, other))
            .whenComplete((entrance, failure) -> onLoop(() -> listens(stream, entrance, failure)));
      }
    } catch (ProtocolViolation e) {
      refuse(stream, e);
    }
  }

  private void reached(MultiplexedStream stream, DeviceStreams.Exit exit, Throwable failure) {
    if (failure != null) {
      refuse(stream, failure);
    } else if (stream.isOpen()) {
      stream.accept("");
      exit.join(stream);
    } else {
      exit.abandon();
    }
  }

  private void listens(MultiplexedStream stream, RemoteEntrance entrance, Throwable failure) {
    if (failure != null) {
      refuse(stream, failure);
    } else if (stream.isOpen()) {
      stream.accept(entrance.address().toString());
      stream.closeFuture().addListener(closed -> entrance.close());
      entrance.closed().thenRun(stream::close);
    } else {
      entrance.close();
    }
  }

  /** Streams live on the session's loop: whoever came moves there. */
  private CompletionStage<Channel> back(MultiplexedStream listening, EventLoop other) {
    var opened = new CompletableFuture<Channel>();
    onLoop(
        () -> {
          if (isOver()) {
            opened.completeExceptionally(gone());
          } else {
            opened();
            opened.complete(multiplexer.open(StreamWords.arrival(listening.streamId())));
          }
        });
    return opened;
  }

  private void refuse(MultiplexedStream stream, Throwable failure) {
    Throwable cause = Failures.cause(failure);
    TunnelLog.refused(plan.id(), String.valueOf(cause.getMessage()));
    stream.refuse(StreamWords.no(cause));
  }

  @Override
  public void withdraw() {
    onLoop(multiplexer::withdrawn);
    close();
  }

  @Override
  public void review() {
    streams.review();
  }

  @Override
  void ending() {
    streams.close();
  }
}
