package org.noports.atserver;

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
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.noports.api.AtServerUnavailable;
import org.noports.api.NoPortsException;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.verb.Noop;
import org.noports.protocol.verb.Response;
import org.noports.protocol.verb.ResponseReader;
import org.noports.protocol.verb.Verb;
import org.noports.transport.LineChannel;
import org.noports.transport.LineReader;

/**
 * One TLS connection to an atServer: commands out, one at a time, since atServers take two that
 * arrive together for one; answers and pushed notifications in. Lives on its channel's loop and is
 * used on it only; ends once, with a reason.
 */
final class AtServerConnection implements LineReader {
  /** More than this waiting means that answers do not come; to queue on would only hide it. */
  private static final int MAX_WAITING = 512;

  private static final TimeUnit MILLIS = TimeUnit.MILLISECONDS;
  private static final String PUSH = "notification:";
  private static final CompletionStage<Void> READ_ON = CompletableFuture.completedFuture(null);

  private final LineChannel channel;
  private final ScheduledExecutorService loop;
  private final String peer;
  private final Duration answerTimeout;
  private final Pushes pushes;
  private final ResponseReader responses = new ResponseReader();
  private final Deque<Exchange> waiting = new ArrayDeque<>();
  private final CompletableFuture<NoPortsException> ended = new CompletableFuture<>();
  private Optional<Future<?>> beat = Optional.empty();
  private Exchange current;
  private long lastHeard = System.nanoTime();

  /**
   * @param channel just opened
   * @param peer who is at the other end, for messages
   * @param answerTimeout within which a command is answered
   * @param pushes hears each pushed notification
   */
  AtServerConnection(LineChannel channel, String peer, Duration answerTimeout, Pushes pushes) {
    this.channel = requireNonNull(channel, "channel is null");
    this.loop = channel.loop();
    this.peer = requireNonNull(peer, "peer is null");
    this.answerTimeout = requireNonNull(answerTimeout, "answerTimeout is null");
    this.pushes = requireNonNull(pushes, "pushes is null");
  }

  String peer() {
    return peer;
  }

  /** Completes, never fails, when the connection is over. */
  CompletableFuture<NoPortsException> ended() {
    return ended;
  }

  /**
   * Sends a command; the answer is data or a failure. Fails with {@link Unsent} if the connection
   * ended before the command went out: then it may be sent over another one.
   */
  CompletableFuture<Response> ask(Verb verb) {
    return ask(new Exchange(verb, new CompletableFuture<>(), Optional.empty()));
  }

  private CompletableFuture<Response> ask(Exchange exchange) {
    if (ended.isDone()) {
      exchange.answer().completeExceptionally(new Unsent(ended.join()));
    } else if (waiting.size() >= MAX_WAITING) {
      exchange
          .answer()
          .completeExceptionally(
              new AtServerUnavailable(
                  "The " + peer + " has " + MAX_WAITING + " requests waiting already; try again"));
    } else {
      armTimeout(exchange);
      waiting.add(exchange);
      advance();
    }
    return exchange.answer();
  }

  /** Sends a command that has no answer. */
  CompletionStage<Void> tell(Verb verb) {
    return channel.send(verb.toLine() + "\n");
  }

  /** Asks for a sign of life as soon as nothing was heard for {@code interval}. */
  void keepAlive(Duration interval) {
    long quiet = System.nanoTime() - lastHeard;
    long left = Math.max(0, interval.toNanos() - quiet);
    if (left == 0) {
      signOfLife(Optional.empty());
    }
    if (!ended.isDone()) {
      long wait = left == 0 ? interval.toNanos() : left;
      beat = Optional.of(loop.schedule(() -> keepAlive(interval), wait, TimeUnit.NANOSECONDS));
    }
  }

  /** Asks for a sign of life now, and waits for it no longer than {@code limit}. */
  void probe(Duration limit) {
    signOfLife(Optional.of(limit));
    Exchange asked = current;
    if (asked != null && !asked.elsewhere()) {
      // What was asked just before is the sign as well.
      loop.schedule(
          () -> {
            if (asked == current) {
              tooLate(asked);
            }
          },
          limit.toMillis(),
          MILLIS);
    }
  }

  private void signOfLife(Optional<Duration> limit) {
    if (current == null) {
      // A missing answer ends the connection by its timeout: nothing to do with the answer itself.
      ask(new Exchange(new Noop(0), new CompletableFuture<>(), limit))
          .exceptionally(failure -> null);
    }
  }

  private void armTimeout(Exchange exchange) {
    long patience = exchange.patience(answerTimeout).toMillis();
    var alarm = loop.schedule(() -> tooLate(exchange), patience, MILLIS);
    exchange.answer().whenComplete((answer, failure) -> alarm.cancel(false));
  }

  private void tooLate(Exchange exchange) {
    AtServerUnavailable late =
        new AtServerUnavailable(
            "The "
                + peer
                + " did not answer '"
                + exchange.name()
                + "' within "
                + exchange.patience(answerTimeout).toMillis()
                + " ms; the request may be repeated");
    if (exchange == current) {
      // Its answer may still come, and would be taken for the next one's.
      end(late);
    } else {
      waiting.remove(exchange);
      exchange.answer().completeExceptionally(late);
    }
  }

  private void advance() {
    if (current == null && !waiting.isEmpty()) {
      current = waiting.remove();
      channel.send(current.verb().toLine() + "\n");
    }
  }

  @Override
  public CompletionStage<Void> line(String line) {
    lastHeard = System.nanoTime();
    if (!line.isBlank()) {
      try {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        responses.read(ByteBuffer.wrap(bytes)).forEach(this::heard);
      } catch (ProtocolViolation e) {
        misheard(line, e);
      }
    }
    return READ_ON;
  }

  private void heard(Response response) {
    if (response instanceof Response.Push push) {
      pushes.notified(push.notification());
    } else {
      answered(response);
    }
  }

  /** A bad notification is its sender's fault; anything else means that we lost the thread. */
  private void misheard(String line, ProtocolViolation why) {
    int colon = line.indexOf(':');
    if (colon >= 0 && line.substring(0, colon + 1).endsWith(PUSH)) {
      pushes.unreadable(why);
    } else {
      end(new ProtocolViolation("The " + peer + " broke the protocol: " + why.getMessage(), why));
    }
  }

  @Override
  public CompletionStage<Void> unreadable(String why) {
    end(new ProtocolViolation("The " + peer + " sent what cannot be read: " + why));
    return READ_ON;
  }

  private void answered(Response response) {
    Exchange done = current;
    current = null;
    if (done != null) {
      done.answer().complete(response);
      advance();
    } else if (response instanceof Response.Failure failure) {
      end(unavailable("ended the session: " + Refusals.quoted(failure), null));
    } else {
      end(new ProtocolViolation("The " + peer + " answered what was not asked"));
    }
  }

  @Override
  public void closed(Optional<IOException> failure) {
    end(
        failure
            .map(why -> Failures.of(peer, why))
            .orElseGet(() -> unavailable("closed the connection", null)));
  }

  private AtServerUnavailable unavailable(String what, Throwable cause) {
    return new AtServerUnavailable("The " + peer + " " + what, cause);
  }

  /** Ends the connection for {@code reason}; what was asked and not answered fails. */
  void end(NoPortsException reason) {
    if (ended.complete(reason)) {
      channel.close();
      beat.ifPresent(timer -> timer.cancel(false));
      if (current != null) {
        current.answer().completeExceptionally(reason);
        current = null;
      }
      waiting.forEach(exchange -> exchange.answer().completeExceptionally(new Unsent(reason)));
      waiting.clear();
    }
  }
}
