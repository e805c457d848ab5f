package org.noports.api.tunnel;

import java.util.concurrent.CompletionStage;
import org.noports.api.stream.ByteStream;

/** The client's end of a running session. */
public interface ClientEnd extends SessionEnd {
  /**
   * Opens a connection to the session's target without any local listener.
   *
   * <p>Fails with {@link org.noports.api.RelayUnavailable}, {@link
   * org.noports.api.CipherUnavailable} or {@link org.noports.api.SessionGone}.
   */
  CompletionStage<ByteStream> connect();
}
