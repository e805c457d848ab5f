package org.noports.api.session;

import java.util.List;
import java.util.Optional;
import org.noports.api.AtSign;

/** What the client's configuration says a request means when it leaves something out. */
public interface ClientDefaults {
  /** The atSign that asks unless the request names one; empty if none is configured. */
  Optional<AtSign> from();

  /**
   * The relay that carries unless the request names one; empty if none is configured, which leaves
   * the choice to {@link org.noports.api.relay.RelayChoice} if {@link #relays} names any.
   */
  Optional<AtSign> relay();

  /** The relays that are known here, the default one included, in configured order. */
  List<AtSign> relays();
}
