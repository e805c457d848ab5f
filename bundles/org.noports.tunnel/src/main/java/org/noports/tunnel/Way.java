package org.noports.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.noports.api.stream.ByteStream;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.StreamRequest;
import org.noports.transport.ChannelStream;
import org.noports.transport.Closing;
import org.noports.transport.Splice;
import org.noports.tunnel.session.StreamWords;

/** Where an application goes that came through a {@link LocalEntrance}. */
@FunctionalInterface
interface Way {
  /** Takes over {@code application}, on its loop. */
  void take(Channel application, ClientEnd serving, LocalAddress at);

  /** To the target that the session was asked for: at any level. */
  Way OWN_TARGET =
      (application, serving, at) -> {
        if (serving instanceof ResumableClient session) {
          session.enter(StreamWords.connect(), application, at);
        } else if (serving instanceof ClientSession ours) {
          CompletableFuture<Channel> attempt = ours.connectOn(application.eventLoop());
          application.closeFuture().addListener(f -> attempt.cancel(false));
          join(application, attempt, at);
        } else {
          join(application, channel(serving.connect(), application.eventLoop()), at);
        }
      };

  /** To a target of its own. */
  static Way to(StreamRequest.Outgoing request) {
    return (application, serving, at) -> {
      if (serving instanceof ResumableClient session) {
        session.enter(StreamWords.of(request), application, at);
      } else {
        join(application, channel(serving.open(request), application.eventLoop()), at);
      }
    };
  }

  private static void join(Channel application, CompletionStage<Channel> opening, LocalAddress at) {
    opening.whenComplete(
        (stream, failure) -> {
          if (failure == null) {
            Splice.join("the application", application, "the relay", stream);
          } else if (application.isOpen()) {
            TunnelLog.notOpened(at, Failures.cause(failure).getMessage());
            Closing.reset(application);
          }
        });
  }

  /** The stream's channel, on {@code loop} unless it is bound to its own. */
  static CompletionStage<Channel> channel(CompletionStage<ByteStream> opening, EventLoop loop) {
    return opening
        .thenApply(stream -> ChannelStream.channelOf(stream, loop))
        .thenCompose(Function.identity());
  }
}
