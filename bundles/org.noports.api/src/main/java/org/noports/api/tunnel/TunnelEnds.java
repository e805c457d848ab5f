package org.noports.api.tunnel;

import java.util.concurrent.CompletionStage;
import org.noports.api.Target;
import org.noports.api.stream.StreamOrigin;

/** Opens the ends of tunnels. Stages complete on an I/O loop. */
public interface TunnelEnds {
  /**
   * Binds a local address at once, so that one in use is known before anybody is asked; accepts
   * nothing until {@link Entrance#serve}.
   *
   * <p>Fails with {@link org.noports.api.LocalAddressUnavailable}.
   */
  CompletionStage<Entrance> bind(LocalAddress address);

  /**
   * As {@link #bind(LocalAddress)}, for what goes elsewhere than to the session's own target. A
   * {@link Forward.Remote} binds nothing here: the device listens once a session serves it.
   */
  CompletionStage<Entrance> bind(Forward forward);

  /**
   * Opens the client's end: dials the relay for the control channel.
   *
   * <p>Fails with {@link org.noports.api.RelayUnavailable} or {@link
   * org.noports.api.CipherUnavailable}.
   */
  CompletionStage<ClientEnd> openClientEnd(SessionPlan plan);

  /**
   * Opens the device's end: dials the relay; from then on each of the client's connections is taken
   * to {@code target}, and below level L2 nowhere else.
   *
   * @param gate decides on each stream of an NP2 session, also on those to {@code target}
   */
  CompletionStage<SessionEnd> openDeviceEnd(
      SessionPlan plan, Target target, StreamGate gate, StreamOrigin origin);

  /**
   * Opens the device's end of a session of one connection, below level L2: what is dialled at the
   * relay is joined to {@code target}, and the session ends with it.
   */
  CompletionStage<SessionEnd> openSingleDeviceEnd(
      SessionPlan plan, Target target, StreamGate gate, StreamOrigin origin);

  /** As {@link #openDeviceEnd}, for connections to {@code target} only. */
  default CompletionStage<SessionEnd> openDeviceEnd(
      SessionPlan plan, Target target, StreamOrigin origin) {
    return openDeviceEnd(plan, target, StreamGate.only(target), origin);
  }
}
