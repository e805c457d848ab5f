package org.noports.atserver.host.line;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.transport.LineChannel;
import org.noports.transport.LineLimits;
import org.noports.transport.LineReader;

/** Whoever cannot be served: told why once, and heard no more. */
final class Turned implements LineReader {
  private Turned() {}

  /** Says the line, which has its end, and closes. */
  static LineReader away(LineChannel channel, String line) {
    channel.send(line);
    channel.close();
    return new Turned();
  }

  @Override
  public CompletionStage<Void> line(String line) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Optional<String> objection(int bytes) {
    return bytes > LineLimits.LONGEST_PROMPT ? Optional.of("nobody listens") : Optional.empty();
  }

  @Override
  public void closed(Optional<IOException> failure) {}
}
