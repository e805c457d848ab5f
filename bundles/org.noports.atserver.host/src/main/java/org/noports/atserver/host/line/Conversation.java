package org.noports.atserver.host.line;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.noports.atserver.host.tenant.Limits;
import org.noports.atserver.host.tenant.Tenant;
import org.noports.atserver.host.verb.Answer;
import org.noports.atserver.host.verb.Dialogue;
import org.noports.atserver.host.verb.VerbTable;
import org.noports.transport.LineChannel;
import org.noports.transport.LineReader;

/**
 * One connection to an atServer: command lines are answered in order, and worked on one after the
 * other but for notifications, which may be under way together. A peer that ends its side still
 * gets what it asked for; the line channel sees to that.
 */
final class Conversation implements LineReader, Dialogue.Wire {
  /** A monitor that does not read may not fill our memory; its inbox has what it misses. */
  private static final long MAX_UNREAD = 64L * 1024 * 1024;

  /** A client that asks on and does not read is not heard meanwhile. */
  private static final long MAX_ANSWERS_UNREAD = 1024 * 1024;

  private final VerbTable verbs;
  private final LineChannel channel;
  private final Answers answers;
  private final Dialogue dialogue;
  private final Consumer<LineChannel> over;
  private final Tenant tenant;
  private final Introduction introduction;
  private final Growth growth;
  private final AtomicLong unread = new AtomicLong();
  private volatile CompletionStage<Void> lastWrite = CompletableFuture.completedFuture(null);
  private volatile Duration silence = Duration.ZERO;
  private volatile long lastWord = System.nanoTime();
  private Optional<Future<?>> alarm = Optional.empty();
  private Optional<Future<?>> lastCall = Optional.empty();

  /**
   * Begins it.
   *
   * @param introduction to be made when it is known who speaks
   * @param underWay bytes of unfinished commands to this atSign
   * @param over told of the end
   */
  Conversation(
      VerbTable verbs,
      Tenant tenant,
      LineChannel channel,
      Introduction introduction,
      AtomicLong underWay,
      Consumer<LineChannel> over) {
    this.tenant = requireNonNull(tenant, "tenant is null");
    this.introduction = requireNonNull(introduction, "introduction is null");
    this.growth = new Growth(underWay);
    this.verbs = requireNonNull(verbs, "verbs is null");
    this.channel = requireNonNull(channel, "channel is null");
    this.over = requireNonNull(over, "over is null");
    this.answers = new Answers(channel.loop(), this::say);
    this.dialogue = new Dialogue(tenant, this);
    write("@");
  }

  @Override
  public Optional<String> objection(int bytes) {
    Limits limits = tenant.limits();
    return growth.objection(bytes, !introduction.made(), limits.commandBytes(), limits.quota());
  }

  @Override
  public void known() {
    introduction.make();
    channel.known();
  }

  @Override
  public CompletionStage<Void> line(String line) {
    growth.done();
    String command = line.strip();
    if (verbs.overlaps(command, dialogue)) {
      return answers.owe(verbs.answer(command, dialogue)).thenCompose(room -> read());
    }
    return settled().thenCompose(done -> alone(command)).thenCompose(done -> read());
  }

  private CompletionStage<Void> alone(String command) {
    if (command.equals("@exit")) {
      channel.close();
      return CompletableFuture.completedFuture(null);
    }
    return verbs.answer(command, dialogue).thenAccept(this::say);
  }

  /** Completes when the peer has read enough of what it asked for. */
  private CompletionStage<Void> read() {
    return unread.get() > MAX_ANSWERS_UNREAD ? lastWrite : CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> settled() {
    return answers.none();
  }

  /**
   * The line channel ends our side then, and reads on for a while: were it closed with bytes of the
   * peer unread, TCP would reset it, and the peer might never see why.
   */
  @Override
  public CompletionStage<Void> unreadable(String why) {
    return settled().thenAccept(done -> write(verbs.unreadable(why, dialogue).frame()));
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
    lastWrite =
        channel
            .send(text)
            .handle(
                (sent, failure) -> {
                  unread.addAndGet(-text.length());
                  return null;
                });
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
  public List<X509Certificate> certificates() {
    return channel.peerCertificates();
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

  /** Whether it has been silent for longer than a crowd allows; what we push counts as a word. */
  boolean outstays(Crowd crowd) {
    return silent().compareTo(crowd.silence(dialogue.leastSilence(), silence)) >= 0;
  }

  private Duration silent() {
    return Duration.ofNanos(System.nanoTime() - lastWord);
  }

  private void checkSilence() {
    Duration silent = silent();
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
    growth.done();
    introduction.make();
    dialogue.close();
    over.accept(channel);
  }
}
