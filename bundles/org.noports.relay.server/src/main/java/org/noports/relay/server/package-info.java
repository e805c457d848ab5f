/**
 * The relay: hands out a pair of ports to who asks by notification, lets each side in by what it
 * can prove, and joins their sockets without reading them.
 *
 * <p>A request goes {@code AtServerLink} → {@code RelayRequests} → {@code RelaySession}; a socket
 * goes {@code SidePort} → {@code SocketAuthentication} → {@code Rendezvous} → {@code
 * transport/Splice}. Fixed by the wire (docs/protocol/noports.md 2.7, 4.1 to 4.3, 4.8, 5): what is
 * asked and answered, what a socket says before it carries payload, and that pairs are made in the
 * order of authentication. Free to change: everything else.
 */
package org.noports.relay.server;
