package org.noports.transport;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Who hears what a {@link LineChannel} receives. All calls come on the channel's loop, one after
 * the other: return at once.
 */
public interface LineReader {
  /**
   * One line, without its end ({@code \n} or {@code \r\n}). The next one follows when the stage is
   * completed, and no more is read meanwhile; a stage that fails closes the channel.
   */
  CompletionStage<Void> line(String line);

  /**
   * What stands behind the last line's end, as prompts do; called again with all of it when more
   * has come. Left out once it is longer than {@value LineLimits#LONGEST_PROMPT} characters.
   */
  default void unfinished(String text) {}

  /**
   * Whether a line may have so many bytes, its end not counted; asked whenever more of it has come,
   * so that whoever speaks may be allowed more once they are known.
   *
   * @return empty if it may, otherwise why not, as {@link #unreadable} is told
   */
  default Optional<String> objection(int bytes) {
    return Optional.empty();
  }

  /**
   * A line that is longer than allowed or not UTF-8. Nothing follows: the channel closes when the
   * stage is completed, so an answer can still be sent.
   *
   * @param why a clause: {@code the line is longer than 10 bytes}
   */
  default CompletionStage<Void> unreadable(String why) {
    return CompletableFuture.completedFuture(null);
  }

  /**
   * The peer has ended its output and all its lines have been handed out: completes when what they
   * asked for has been sent. Our side ends then. For readers that take a line for done before they
   * have answered it.
   */
  default CompletionStage<Void> settled() {
    return CompletableFuture.completedFuture(null);
  }

  /**
   * Over: called once, last.
   *
   * @param failure empty if it ended in order
   */
  void closed(Optional<IOException> failure);
}
