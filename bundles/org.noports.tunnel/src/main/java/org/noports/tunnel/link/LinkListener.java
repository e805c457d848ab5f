package org.noports.tunnel.link;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.noports.api.NoPortsException;
import org.noports.api.tunnel.Suite;

/** What a session hears of its {@link Link}, on the link's event loop. */
public interface LinkListener {
  /**
   * The other end has proven itself; nothing may be sent before, and nothing is heard before. Comes
   * again behind {@link #stopped}.
   */
  void opened(Link link);

  /** Bytes that the other end has sent, checked and in order; the listener owns the buffer. */
  void data(Link link, ByteBuf clear);

  /** The other end has {@code offset} of our bytes, counted from the session's beginning. */
  void acked(Link link, long offset);

  /** All that was there to be read has been handed on: the moment to send what follows from it. */
  void readComplete(Link link);

  /** {@link Link#isWritable} has changed. */
  void writabilityChanged(Link link);

  /** Both directions are under the keys of a new root, perhaps of another suite. */
  default void keysChanged(Link link, NewKeys keys) {}

  /** The other end has not the suite that we offered; all stays as it was. */
  default void declined(Link link, Suite suite) {}

  /**
   * The link stands, and carries nothing until it is {@link #opened} again: its cipher is left, and
   * what was under way is lost.
   */
  default void stopped(Link link) {}

  /**
   * An exchange of keys is over, whoever had offered and whatever came of it, and another may be
   * offered; comes behind the other two.
   */
  default void exchangeOver(Link link) {}

  /**
   * The link is gone and its keys are wiped, whether or not it was ever opened; called once, and
   * nothing after it.
   *
   * @param failure empty if the other end said goodbye or we did
   */
  void ended(Link link, Optional<NoPortsException> failure);
}
