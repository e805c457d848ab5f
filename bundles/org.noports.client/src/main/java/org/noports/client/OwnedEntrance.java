package org.noports.client;

import java.util.concurrent.CompletionStage;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.TunnelEnds;

/**
 * An entrance that knows who bound it: when that bundle is restarted its listeners are gone, and a
 * kept tunnel has to bind its address anew.
 *
 * @param entrance the entrance
 * @param owner who bound it
 */
record OwnedEntrance(Entrance entrance, TunnelEnds owner) implements Entrance {
  @Override
  public LocalAddress address() {
    return entrance.address();
  }

  @Override
  public CompletionStage<Void> serve(ClientEnd end) {
    return entrance.serve(end);
  }

  @Override
  public void pause() {
    entrance.pause();
  }

  @Override
  public void close() {
    entrance.close();
  }
}
