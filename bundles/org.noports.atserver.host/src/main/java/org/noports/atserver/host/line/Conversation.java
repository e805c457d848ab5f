package org.noports.atserver.host.line;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.noports.atserver.host.tenant.Tenant;
import org.noports.atserver.host.verb.Answer;
import org.noports.atserver.host.verb.Dialogue;
import org.noports.atserver.host.verb.VerbTable;
import org.noports.transport.LineChannel;
import org.noports.transport.LineReader;

/**
 * One connection to an atServer: command lines are answered one after the other, in order. A peer
 * that ends its side still gets what it asked for; the line channel sees to that.
 */
final class Conversation implements LineReader, Dialogue.Wire {
  /** A monitor that does not read may not fill our memory; its inbox has what it misses. */
  private static final long MAX_UNREAD = 64L * 1024 * 1024;

  private final VerbTable verbs;
  private final LineChannel channel;
  private final Dialogue dialogue;
  private final Runnable over;
  private final AtomicLong unread = new AtomicLong();
  private volatile Duration silence = Duration.ZERO;
  private volatile long lastWord = System.nanoTime();
  private Optional<Future<?>> alarm = Optional.empty();
  private Optional<Future<?>> lastCall = Optional.empty();

  Conversation(VerbTable verbs, Tenant tenant, LineChannel channel, Runnable over) {
    this.verbs = requireNonNull(verbs, "verbs is null");
    this.channel = requireNonNull(channel, "channel is null");
    this.over = requireNonNull(over, "over is null");
    this.dialogue = new Dialogue(tenant, this);
    write("@");
  }

  @Override
  public CompletionStage<Void> line(String line) {
    String command = line.strip();
    if (command.equals("@exit")) {
      channel.close();
      return CompletableFuture.completedFuture(null);
    }
    return verbs.answer(command, dialogue).thenAccept(this::say);
  }

  @Override
  public CompletionStage<Void> unreadable(String why) {
    say(verbs.unreadable(why, dialogue));
    return CompletableFuture.completedFuture(null);
  }

  private void say(Answer answer) {
    write(answer.frame());
    if (answer.last()) {
      channel.close();
    }
  }

  private void write(String text) {
    if (text.isEmpty()) {
      return;
    }
    lastWord = System.nanoTime();
    unread.addAndGet(text.length());
    channel.send(text).whenComplete((sent, failure) -> unread.addAndGet(-text.length()));
  }

  @Override
  public void push(String text) {
    if (unread.get() > MAX_UNREAD) {
      channel.close();
    } else {
      write(text);
    }
  }

  @Override
  public void end() {
    channel.close();
  }

  @Override
  public void endAfter(Duration time) {
    channel
        .loop()
        .execute(
            () -> {
              lastCall.ifPresent(running -> running.cancel(false));
              lastCall =
                  Optional.of(
                      channel
                          .loop()
                          .schedule(
                              channel::close, Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS));
            });
  }

  @Override
  public String peer() {
    return String.valueOf(channel.remote());
  }

  @Override
  public void allowSilence(Duration allowed) {
    silence = allowed;
    channel.loop().execute(() -> watch(allowed));
  }

  /** Looks again when the silence could have lasted long enough. */
  private void watch(Duration wait) {
    alarm.ifPresent(running -> running.cancel(false));
    alarm =
        Optional.of(
            channel.loop().schedule(this::checkSilence, wait.toMillis(), TimeUnit.MILLISECONDS));
  }

  private void checkSilence() {
    Duration silent = Duration.ofNanos(System.nanoTime() - lastWord);
    if (silent.compareTo(silence) >= 0) {
      channel.close();
    } else {
      watch(silence.minus(silent));
    }
  }

  @Override
  public void closed(Optional<IOException> failure) {
    alarm.ifPresent(running -> running.cancel(false));
    lastCall.ifPresent(running -> running.cancel(false));
    dialogue.close();
    over.run();
  }
}
