package org.noports.directory.server;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.noports.transport.LineChannel;
import org.noports.transport.LineReader;

/**
 * One connection of the atDirectory (docs/protocol/atprotocol.md §1): a prompt, then a name on a
 * line, then its address and the prompt again in one write. Who asks for names that do not exist is
 * slowed down, then cut off.
 */
final class Lookups implements LineReader {
  /** In UTF-16 units, as the reference counts; longer input ends the connection. */
  static final int LONGEST_NAME = 255;

  private static final String PROMPT = "@";
  private static final String UNKNOWN = "null\r\n" + PROMPT;
  private static final String EXIT = "@exit";

  /**
   * So many answers may wait to be written while the next name is looked at: names that come
   * together are answered together. Who does not read its answers is not read from beyond that.
   */
  private static final int ANSWERS_AHEAD = 64;

  private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

  private final LineChannel channel;
  private final Function<String, Optional<String>> records;
  private final Settings settings;
  private final Visit visit;
  private long heard = System.nanoTime();
  private ScheduledFuture<?> idle;
  private int misses;
  private int unwritten;

  /** Done once the prompt went out: who does not wait for it waits for the answer. */
  private final CompletableFuture<Void> greeted = new CompletableFuture<>();

  /**
   * Greets, at once or when the visit's turn has come.
   *
   * @param records finds the address of a bare name
   */
  Lookups(
      LineChannel channel,
      Function<String, Optional<String>> records,
      Settings settings,
      Visit visit) {
    this.channel = channel;
    this.records = records;
    this.settings = settings;
    this.visit = visit;
    watch(TimeUnit.SECONDS.toNanos(settings.idleSeconds()));
    if (visit.waitNanos() == 0) {
      greet();
    } else {
      channel.loop().schedule(this::greet, visit.waitNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void greet() {
    channel.send(PROMPT);
    greeted.complete(null);
  }

  @Override
  public CompletionStage<Void> line(String line) {
    heard = System.nanoTime();
    return greeted.isDone() ? answer(line) : greeted.thenCompose(now -> answer(line));
  }

  private CompletionStage<Void> answer(String line) {
    String text = line.trim();
    if (line.length() > LONGEST_NAME || text.equals(EXIT)) {
      return end();
    }
    if (text.isEmpty()) {
      // C clients start with a blank line: answered, but no guess (§13.2).
      return say(UNKNOWN);
    }
    String folded = text.toLowerCase(Locale.ROOT);
    Optional<String> found =
        records.apply(folded.startsWith(PROMPT) ? folded.substring(1) : folded);
    return found.isPresent() ? say(found.get() + "\r\n" + PROMPT) : missed();
  }

  private CompletionStage<Void> say(String text) {
    unwritten++;
    CompletionStage<Void> written = channel.send(text).whenComplete((sent, failure) -> unwritten--);
    return unwritten < ANSWERS_AHEAD ? DONE : written;
  }

  /** Closes; what follows on the connection is never read, since this line is never done. */
  private CompletionStage<Void> end() {
    channel.close();
    return new CompletableFuture<>();
  }

  /**
   * The first unknown name of a connection is answered at once, the second late, the third never.
   * Without budget the first counts as a second one already.
   */
  private CompletionStage<Void> missed() {
    misses += visit.miss() || misses > 0 ? 1 : 2;
    if (misses == 1) {
      return say(UNKNOWN);
    }
    CompletableFuture<Void> answered = new CompletableFuture<>();
    boolean last = misses > 2;
    channel
        .loop()
        .schedule(() -> penalised(last, answered), settings.penaltyMillis(), TimeUnit.MILLISECONDS);
    return answered;
  }

  private void penalised(boolean last, CompletableFuture<Void> answered) {
    if (last) {
      end();
    } else {
      channel
          .send(UNKNOWN)
          .whenComplete(
              (sent, failure) -> {
                // A failure means that the connection is gone, which closed() reports.
                answered.complete(null);
              });
    }
  }

  @Override
  public void unfinished(String text) {
    if (text.trim().equals(EXIT) || text.length() > LONGEST_NAME) {
      channel.close();
    }
  }

  @Override
  public void closed(Optional<IOException> failure) {
    idle.cancel(false);
    visit.end();
  }

  /** Looks when the connection could have been silent for too long; a line costs no timer. */
  private void watch(long nanos) {
    idle = channel.loop().schedule(this::look, nanos, TimeUnit.NANOSECONDS);
  }

  private void look() {
    long left = TimeUnit.SECONDS.toNanos(settings.idleSeconds()) - (System.nanoTime() - heard);
    if (left > 0) {
      watch(left);
    } else {
      channel.close();
    }
  }
}
