/**
 * The data path at both ends, in the order of its files: {@link org.noports.tunnel.LocalEntrance},
 * {@link org.noports.tunnel.TunnelPipeline}, {@link org.noports.tunnel.SealHandler}, then the
 * relay, then {@link org.noports.tunnel.OpenHandler} and {@link org.noports.tunnel.ServiceExit}.
 * Beside it stands the control channel, on which the client announces each connection with keys of
 * its own.
 *
 * <p>Fixed by the wire (docs/protocol/noports.md 4.5 to 4.8): the cipher's use, the control
 * messages, the order of connections, when a session ends. Everything else is free to change.
 */
package org.noports.tunnel;
