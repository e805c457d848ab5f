package org.noports.directory;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.noports.api.AtSign;
import org.noports.api.AtSignNotFound;
import org.noports.api.DirectoryUnavailable;
import org.noports.api.HostPort;
import org.noports.transport.EventLoops;
import org.noports.transport.LineChannel;
import org.noports.transport.LineLimits;
import org.noports.transport.LineReader;
import org.noports.transport.TlsClient;

/**
 * One question to the atDirectory on a connection of its own: wait for the prompt, ask, take the
 * answer, say {@code @exit}.
 */
final class LookUp {
  private static final String PROMPT = "@";
  private static final String UNKNOWN = "null";
  private static final int LONGEST_ANSWER = 1024;
  private static final String WHAT_TO_DO =
      "; check the network, and 'address' in org.noports.directory";

  private final HostPort directory;
  private final AtSign atSign;
  private final Duration timeout;
  private final CompletableFuture<HostPort> answer = new CompletableFuture<>();

  LookUp(HostPort directory, AtSign atSign, Duration timeout) {
    this.directory = directory;
    this.atSign = atSign;
    this.timeout = timeout;
  }

  /** Fails with {@link AtSignNotFound} or {@link DirectoryUnavailable}. */
  CompletionStage<HostPort> start(EventLoops loops, TlsClient tls) {
    Future<?> alarm =
        loops.next().schedule(this::tooLate, timeout.toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture<LineChannel> connecting =
        LineChannel.connect(
            loops,
            directory,
            Optional.of(tls),
            new LineLimits(LONGEST_ANSWER, timeout, timeout),
            this::begin);
    connecting.whenComplete(
        (channel, failure) -> {
          if (failure != null) {
            unavailable(failure);
          }
        });
    answer.whenComplete(
        (found, failure) -> {
          alarm.cancel(false);
          connecting.cancel(false);
        });
    return answer;
  }

  private LineReader begin(LineChannel channel) {
    answer.whenComplete(
        (found, failure) -> {
          channel.send("@exit\n");
          channel.close();
        });
    return new Conversation(channel);
  }

  private void tooLate() {
    fail("did not answer within " + timeout.toMillis() + " ms" + WHAT_TO_DO, null);
  }

  private void unavailable(Throwable failure) {
    String why = failure.getMessage();
    String whatToDo =
        why.contains("not trusted")
            ? "; 'trust' in org.noports.directory names the folders where to put it"
            : failure.getCause() instanceof SSLException
                ? "; check that 'address' in org.noports.directory is what its certificate is for"
                : WHAT_TO_DO;
    fail("cannot be asked: " + why + whatToDo, failure);
  }

  private void fail(String what, Throwable cause) {
    answer.completeExceptionally(
        new DirectoryUnavailable("The atDirectory " + directory + " " + what, cause));
  }

  private void take(String text) {
    if (text.equals(UNKNOWN)) {
      answer.completeExceptionally(
          new AtSignNotFound(
              "The atDirectory "
                  + directory
                  + " does not know "
                  + atSign
                  + "; check the spelling, or whether 'address' in org.noports.directory is the"
                  + " atDirectory it is registered with"));
      return;
    }
    try {
      answer.complete(HostPort.of(text));
    } catch (IllegalArgumentException e) {
      fail(
          "said something that is no address ("
              + e.getMessage()
              + "); check that 'address' in org.noports.directory is an atDirectory",
          e);
    }
  }

  /** What is said on the connection. */
  private final class Conversation implements LineReader {
    private final LineChannel channel;
    private boolean asked;

    Conversation(LineChannel channel) {
      this.channel = channel;
    }

    @Override
    public void unfinished(String text) {
      if (!asked && text.equals(PROMPT)) {
        asked = true;
        channel.send(atSign.bare() + "\n");
      }
    }

    @Override
    public CompletionStage<Void> line(String line) {
      // The first prompt has no line end, so it stands before the answer.
      take(line.startsWith(PROMPT) ? line.substring(PROMPT.length()) : line);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> unreadable(String why) {
      fail("said something that cannot be read: " + why + WHAT_TO_DO, null);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void closed(Optional<IOException> failure) {
      fail(
          "ended the connection without an answer"
              + failure.map(it -> " (" + it.getMessage() + ")").orElse("")
              + WHAT_TO_DO,
          failure.orElse(null));
    }
  }
}
