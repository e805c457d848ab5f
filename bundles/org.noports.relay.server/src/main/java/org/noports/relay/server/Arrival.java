package org.noports.relay.server;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.noports.api.relay.RelaySide;

/**
 * How a socket has come in.
 *
 * @param side whose it is
 * @param proven whether it has shown so
 * @param tell what it wants to be told of the one that it is joined with, and will be
 */
record Arrival(RelaySide side, boolean proven, Optional<TellSighting> tell) {
  Arrival {
    requireNonNull(side, "side is null");
    requireNonNull(tell, "tell is null");
  }

  /** The same for whoever lets it in. */
  Door.Entry entry(BiConsumer<SocketAuthentication, Channel> let) {
    return new Door.Entry() {
      @Override
      public void enter(SocketAuthentication verified, Channel channel) {
        let.accept(verified, channel);
      }

      @Override
      public boolean observing() {
        return tell.isPresent();
      }
    };
  }

  /** Of one that wants to be told nothing. */
  Arrival(RelaySide side, boolean proven) {
    this(side, proven, Optional.empty());
  }
}
