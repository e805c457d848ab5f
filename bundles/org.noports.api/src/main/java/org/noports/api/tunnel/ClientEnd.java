package org.noports.api.tunnel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.noports.api.SessionRefused;
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

  /**
   * Opens one stream that the device decides on; below level L2 there is only {@link #connect}.
   *
   * <p>Fails as {@link #connect} does, and with {@link SessionRefused} if the device says no.
   */
  default CompletionStage<ByteStream> open(StreamRequest.Outgoing request) {
    return CompletableFuture.failedFuture(new SessionRefused(needsNp2(request)));
  }

  /**
   * Has the device listen; each connection there is handed to {@code arrivals}, which closes it.
   * Called on an I/O loop: must not block.
   *
   * <p>Fails as {@link #open} does.
   */
  default CompletionStage<RemoteEntrance> listen(
      StreamRequest.Listen request, Consumer<ByteStream> arrivals) {
    return CompletableFuture.failedFuture(new SessionRefused(needsNp2(request)));
  }

  private static String needsNp2(StreamRequest request) {
    return request + " needs a session of level L2 or better; this one opens its own target only";
  }
}
