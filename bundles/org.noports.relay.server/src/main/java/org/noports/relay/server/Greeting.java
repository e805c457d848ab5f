package org.noports.relay.server;

import io.netty.channel.Channel;

/** What a socket at a port that all share goes through before it is asked who it is. */
interface Greeting {
  /** Nothing: the payload is TCP's own. */
  Greeting NONE = (channel, ask) -> ask.run();

  /**
   * Runs {@code ask} on the channel's loop as soon as the channel carries plain bytes; if it never
   * does, closes it.
   */
  void greet(Channel channel, Runnable ask);
}
