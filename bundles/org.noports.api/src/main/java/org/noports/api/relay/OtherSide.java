package org.noports.api.relay;

import java.util.concurrent.CompletionStage;

/**
 * Wants to know of the other side of one connection before anything passes it: made anew for each
 * dial. Stages may complete on any thread; one that fails closes the connection, and whoever
 * dialled hears of that failure if he has no stream yet.
 */
public interface OtherSide {
  /**
   * What the relay's word has to carry, so that it is about this connection and no other: 1 to 64
   * plain characters, never the same twice.
   */
  String nonce();

  /**
   * The relay lets us in and will tell nothing: it is of another make, or may not. The stream is
   * handed out when the stage completes. Called on an I/O loop: must not block.
   */
  CompletionStage<Void> untold();

  /**
   * What the relay says of the socket that it has joined us with, verbatim; who signed it is to be
   * verified here. Nothing passes either way before the stage completes. Called on an I/O loop:
   * must not block.
   */
  CompletionStage<Void> told(String word);
}
