package org.noports.tunnel.link;

import io.netty.buffer.ByteBuf;

/**
 * One relayed connection that hides what it carries and finds every change, loss, replay and
 * truncation. Below the session, which outlives it: a link carries the session's byte stream from
 * some offset on, and acknowledgements of the other direction.
 *
 * <p>All of it on one event loop, the listener's calls too. A link is always read.
 */
public interface Link {
  /**
   * Queues clear bytes behind those sent before; {@link #flush} sends them. Takes the buffer over
   * but never writes into it: the session keeps a second reference until they are acknowledged.
   * After the link has ended the buffer is released and nothing happens.
   */
  void send(ByteBuf clear);

  /**
   * Tells the other end how many of its bytes have arrived since the session began; goes out with
   * the next {@link #flush}. Also the first thing that is said on a new link, and the sign of life
   * when there is nothing else to say.
   */
  void ack(long offset);

  /** Seals what was queued, in as few records as it takes, and sends it. */
  void flush();

  /** Whether the relay takes more; if not, {@link LinkListener#writabilityChanged} follows. */
  boolean isWritable();

  /** Says goodbye in an authenticated record, then closes. Idempotent. */
  void close();
}
