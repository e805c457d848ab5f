package org.noports.api.session;

import java.util.concurrent.CompletionStage;

/** Opens tunnels to devices: the client. */
public interface Tunnels {
  /**
   * Opens a tunnel. Cancelling the stage's future ends the attempt and leaves nothing behind.
   *
   * <p>Fails with one of the {@link org.noports.api.NoPortsException} family; with {@link
   * TunnelRequest#keep} the first attempt fails as any other, later losses are healed.
   */
  CompletionStage<TunnelSession> open(TunnelRequest request, HandshakeListener listener);
}
