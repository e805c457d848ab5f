package org.noports.atserver.host.peer;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.noports.api.AtSign;
import org.noports.transport.LineChannel;
import org.noports.transport.LineReader;

/** Reaches the atServer of an atSign: atDirectory, TCP, TLS. */
public interface PeerDialer {
  /**
   * Connects; {@code reader} is asked for whoever hears what the other says.
   *
   * <p>Fails with {@link PeerTrouble}.
   */
  CompletionStage<LineChannel> dial(AtSign peer, Function<LineChannel, LineReader> reader);
}
