package org.noports.directory.server;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.transport.LineChannel;
import org.noports.transport.LineReader;

/** A connection too many: closed without a word. */
final class TurnedAway implements LineReader {
  private final Visit visit;

  TurnedAway(LineChannel channel, Visit visit) {
    this.visit = visit;
    channel.close();
  }

  @Override
  public CompletionStage<Void> line(String line) {
    return new CompletableFuture<>();
  }

  @Override
  public void closed(Optional<IOException> failure) {
    visit.end();
  }
}
