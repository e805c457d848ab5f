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

  private final LineChannel channel;
  private final Function<String, Optional<String>> records;
  private final Settings settings;
  private final Runnable onClosed;
  private ScheduledFuture<?> idle;
  private int misses;

  /**
   * Greets.
   *
   * @param records finds the address of a bare name
   */
  Lookups(
      LineChannel channel,
      Function<String, Optional<String>> records,
      Settings settings,
      Runnable onClosed) {
    this.channel = channel;
    this.records = records;
    this.settings = settings;
    this.onClosed = onClosed;
    restartIdle();
    channel.send(PROMPT);
  }

  @Override
  public CompletionStage<Void> line(String line) {
    restartIdle();
    String text = line.trim();
    if (line.length() > LONGEST_NAME || text.equals(EXIT)) {
      return end();
    }
    if (text.isEmpty()) {
      // C clients start with a blank line: answered, but no guess (§13.2).
      return channel.send(UNKNOWN);
    }
    String folded = text.toLowerCase(Locale.ROOT);
    Optional<String> found =
        records.apply(folded.startsWith(PROMPT) ? folded.substring(1) : folded);
    return found.isPresent() ? channel.send(found.get() + "\r\n" + PROMPT) : missed();
  }

  /** Closes; what follows on the connection is never read, since this line is never done. */
  private CompletionStage<Void> end() {
    channel.close();
    return new CompletableFuture<>();
  }

  private CompletionStage<Void> missed() {
    misses++;
    if (misses == 1) {
      return channel.send(UNKNOWN);
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
    onClosed.run();
  }

  private void restartIdle() {
    if (idle != null) {
      idle.cancel(false);
    }
    idle = channel.loop().schedule(channel::close, settings.idleSeconds(), TimeUnit.SECONDS);
  }
}
