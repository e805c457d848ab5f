package org.noports.atserver.host.record;

/**
 * What one atSign can have stored.
 *
 * @param keys its own, not those of notifications
 * @param bytes of everything, received and queued notifications included
 * @param queued notifications that wait to be delivered
 */
public record Bounds(long keys, long bytes, long queued) {
  /** No bounds: for what the host itself writes when it takes an atSign in. */
  public static final Bounds NONE = new Bounds(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
}
