package org.noports.atserver.host.peer;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.verb.Response;
import org.noports.protocol.verb.ResponseReader;
import org.noports.transport.LineChannel;
import org.noports.transport.LineReader;

/**
 * One connection to another atServer: commands go out one at a time, answers come back in order.
 *
 * <p>All state belongs to the channel's loop; {@link #call} may come from any thread.
 */
public final class PeerLink implements LineReader {
  private final AtSign self;
  private final AtSign peer;
  private final Duration timeout;
  private final Duration idle;
  private final LineChannel channel;
  private final ResponseReader reader = new ResponseReader();
  private final CompletableFuture<PeerLink> greeted = new CompletableFuture<>();
  private final Deque<Call> waiting = new ArrayDeque<>();
  private Optional<Call> current = Optional.empty();
  private Optional<Future<?>> alarm = Optional.empty();
  private volatile boolean over;

  private record Call(String line, boolean promptAnswers, CompletableFuture<Response> answer) {}

  PeerLink(AtSign self, AtSign peer, Duration timeout, Duration idle, LineChannel channel) {
    this.self = requireNonNull(self, "self is null");
    this.peer = requireNonNull(peer, "peer is null");
    this.timeout = requireNonNull(timeout, "timeout is null");
    this.idle = requireNonNull(idle, "idle is null");
    this.channel = requireNonNull(channel, "channel is null");
    alarmAfter(timeout, this::silent);
  }

  /** Completes when the other atServer has greeted; only then may commands be sent. */
  CompletionStage<PeerLink> greeted() {
    return greeted;
  }

  /** Whether commands can still be sent. */
  boolean open() {
    return !over;
  }

  /** Sends a command line, without its line end, and hears the answer. */
  CompletionStage<Response> call(String line) {
    return enqueue(new Call(line, false, new CompletableFuture<>()));
  }

  /** Sends {@code pol}, whose good answer is a prompt without a line. */
  CompletionStage<Response> pol() {
    return enqueue(new Call("pol", true, new CompletableFuture<>()));
  }

  /** Closes the connection; what is under way fails. */
  void close() {
    over = true;
    channel.close();
  }

  private CompletionStage<Response> enqueue(Call call) {
    try {
      channel
          .loop()
          .execute(
              () -> {
                waiting.add(call);
                next();
              });
    } catch (java.util.concurrent.RejectedExecutionException e) {
      call.answer().completeExceptionally(broken());
    }
    return call.answer();
  }

  private void next() {
    if (over) {
      failAll(broken());
    } else if (current.isEmpty() && waiting.isEmpty()) {
      alarmAfter(idle, this::close);
    } else if (current.isEmpty()) {
      Call call = waiting.remove();
      current = Optional.of(call);
      alarmAfter(timeout, this::silent);
      channel.send(call.line() + "\n");
    }
  }

  private void alarmAfter(Duration time, Runnable what) {
    alarm.ifPresent(running -> running.cancel(false));
    alarm = Optional.of(channel.loop().schedule(what, time.toMillis(), TimeUnit.MILLISECONDS));
  }

  private void silent() {
    over = true;
    failAll(
        new PeerTrouble(
            PeerTrouble.Kind.SILENT,
            "The atServer of " + peer + " did not answer within " + timeout.toMillis() + " ms"));
    channel.close();
  }

  @Override
  public CompletionStage<Void> line(String line) {
    greeted.complete(this);
    try {
      ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
      for (Response response : reader.read(bytes)) {
        current.ifPresent(call -> answered(call, response));
      }
      return CompletableFuture.completedFuture(null);
    } catch (ProtocolViolation e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void unfinished(String text) {
    greeted.complete(this);
    current
        .filter(call -> call.promptAnswers() && text.endsWith(self.name() + "@"))
        .ifPresent(call -> answered(call, new Response.PolAccepted(self)));
  }

  private void answered(Call call, Response answer) {
    current = Optional.empty();
    next();
    call.answer().complete(answer);
  }

  @Override
  public void closed(Optional<IOException> failure) {
    over = true;
    alarm.ifPresent(running -> running.cancel(false));
    failAll(broken());
  }

  private PeerTrouble broken() {
    return new PeerTrouble(
        PeerTrouble.Kind.BROKEN, "The atServer of " + peer + " closed the connection");
  }

  private void failAll(PeerTrouble trouble) {
    greeted.completeExceptionally(trouble);
    current.ifPresent(call -> call.answer().completeExceptionally(trouble));
    current = Optional.empty();
    while (!waiting.isEmpty()) {
      waiting.remove().answer().completeExceptionally(trouble);
    }
  }
}
