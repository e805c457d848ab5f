package org.noports.relay.server;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.protocol.relay.EscrChallenge;
import org.noports.protocol.session.RelayAuthMode;

/** Where a socket came in, as its {@link SocketAuthentication} sees it. */
interface Door {
  /** How sockets prove themselves here, once that is known. */
  Optional<RelayAuthMode> mode();

  /** From accepting a socket to having verified it. */
  Duration patience();

  /** Silence after which a socket is taken for one that waits for a challenge. */
  Duration detectWindow();

  RelayTimer.Alarm after(Duration delay, Runnable task);

  EscrChallenge freshChallenge();

  /** Whether a signed line is believed, and what then becomes of its socket. */
  CompletionStage<Entry> line(String said);

  /** The same for an answer to {@code challenge}. */
  CompletionStage<Entry> response(String said, EscrChallenge challenge);

  /** A socket is being closed unverified. */
  void refused(SocketAuthentication unverified, Channel channel, String reason);

  /** What becomes of a socket that is believed. */
  interface Entry {
    void enter(SocketAuthentication verified, Channel channel);

    /** Whether it is told what the other side's socket is, before all else. */
    default boolean observing() {
      return false;
    }
  }
}
