package org.noports.api.network;

import org.noports.api.HostPort;

/**
 * Says how a connection of ours leaves this machine. One service for all of an instance; whoever
 * dials waits for it, since going out directly meanwhile could go where nobody is to go.
 */
public interface OutgoingProxy {
  /**
   * The way to {@code target}, whose host name is not looked up here.
   *
   * <p>Returns at once, on any thread, and never throws.
   */
  Route route(HostPort target);
}
