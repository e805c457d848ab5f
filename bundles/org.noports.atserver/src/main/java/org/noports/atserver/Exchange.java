package org.noports.atserver;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.noports.protocol.verb.Lookup;
import org.noports.protocol.verb.PublicLookup;
import org.noports.protocol.verb.Response;
import org.noports.protocol.verb.Verb;

/**
 * A command on its way.
 *
 * @param answer what it waits for
 * @param limit how long it does so, if not as long as usual
 */
record Exchange(Verb verb, CompletableFuture<Response> answer, Optional<Duration> limit) {
  private static final Duration FOR_ANOTHER = Duration.ofSeconds(5);

  /** Our atServer says so when it waited in vain for another one: it must have the time to. */
  Duration patience(Duration answerTimeout) {
    return limit.orElse(elsewhere() ? answerTimeout.plus(FOR_ANOTHER) : answerTimeout);
  }

  /** Whether our atServer asks another one for the answer. */
  boolean elsewhere() {
    return verb instanceof Lookup || verb instanceof PublicLookup;
  }

  /** The verb's name alone: what follows it may be long, or a signature. */
  String name() {
    String line = verb.toLine();
    int end = 0;
    while (end < line.length() && Character.isLetter(line.charAt(end))) {
      end++;
    }
    return line.substring(0, end);
  }

  @Override
  public String toString() {
    return "Exchange[" + name() + "]";
  }
}
