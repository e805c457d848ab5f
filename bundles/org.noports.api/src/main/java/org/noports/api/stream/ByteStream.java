package org.noports.api.stream;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * A duplex stream of bytes with back-pressure and half-close: order kept, nothing lost, nothing
 * added, until one side is closed.
 *
 * <p>At most one {@link #read} and one {@link #write} may be under way at a time; the two
 * directions are independent. Stages complete on a thread of whoever carries the stream, often an
 * I/O loop: never block in a continuation. After {@link #close} every stage under way fails with an
 * {@link java.io.IOException}.
 */
public interface ByteStream extends AutoCloseable {
  /**
   * Reads what is there, at least one byte, into {@code destination} from its position on.
   *
   * <p>The buffer is the stream's until the stage completes; its position has then advanced. Not
   * asking is the way to slow the far side down.
   *
   * @return the number of bytes read, or -1 when the far side has ended its output
   */
  CompletionStage<Integer> read(ByteBuffer destination);

  /**
   * Sends all remaining bytes of {@code source}.
   *
   * <p>Completes when the next write may follow: a stage that stays open is the far side's
   * slowness. The buffer is the stream's until then; its position has then reached its limit.
   */
  CompletionStage<Void> write(ByteBuffer source);

  /** Ends our output (the far side reads -1 once it has read all); reading goes on. Idempotent. */
  CompletionStage<Void> endOutput();

  /** Ends both directions at once and gives the resources back. Idempotent, never throws. */
  @Override
  void close();

  /** Completes, never exceptionally, when the stream is closed by either side. */
  CompletionStage<Void> closed();
}
