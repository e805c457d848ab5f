package org.noports.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a line channel is to send, in the order in which it was said. Texts that come while the loop
 * is at work leave together: a peer that sends many commands at once is answered by few writes. No
 * text is cut as long as it fits a TLS record.
 */
final class LineOutput {
  /** What one TLS record carries (RFC 8446, 5.1). */
  private static final int RECORD = 16 * 1024;

  /** From this many texts on. */
  private static final int BACKLOG = 8;

  private final Channel channel;
  private final Queue<Text> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean due = new AtomicBoolean();

  private record Text(String text, CompletableFuture<Void> sent) {}

  LineOutput(Channel channel) {
    this.channel = channel;
  }

  /** Completes when the text has been handed to the system; any thread. */
  CompletionStage<Void> send(String text) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    waiting.add(new Text(text, sent));
    if (due.compareAndSet(false, true)) {
      try {
        channel.eventLoop().execute(this::flush);
      } catch (RejectedExecutionException e) {
        giveUp(new IOException("The connection is gone: its loop has ended", e));
      }
    }
    return sent;
  }

  private void giveUp(IOException why) {
    for (Text text = waiting.poll(); text != null; text = waiting.poll()) {
      text.sent().completeExceptionally(why);
    }
  }

  /** Writes all that waits; on the channel's loop. */
  void flush() {
    due.set(false);
    List<Text> texts = new ArrayList<>();
    for (Text next = waiting.poll(); next != null; next = waiting.poll()) {
      texts.add(next);
    }
    int room = texts.size() < BACKLOG ? 0 : RECORD;
    int from = 0;
    while (from < texts.size()) {
      int bytes = ByteBufUtil.utf8Bytes(texts.get(from).text());
      int to = from + 1;
      while (to < texts.size()) {
        int more = ByteBufUtil.utf8Bytes(texts.get(to).text());
        if (bytes + more > room) {
          break;
        }
        bytes += more;
        to++;
      }
      write(texts.subList(from, to), bytes);
      from = to;
    }
  }

  /** Flushed each by itself, or TLS would fill its records to the brim and cut a text. */
  private void write(List<Text> texts, int bytes) {
    ByteBuf record = channel.alloc().buffer(bytes);
    texts.forEach(text -> ByteBufUtil.writeUtf8(record, text.text()));
    channel
        .writeAndFlush(record)
        .addListener(
            done -> {
              if (done.isSuccess()) {
                texts.forEach(text -> text.sent().complete(null));
              } else {
                IOException failure = ChannelStream.failed(done.cause());
                texts.forEach(text -> text.sent().completeExceptionally(failure));
              }
            });
  }
}
