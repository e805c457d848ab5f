/**
 * The way to a relay's port over plain TCP, or by WebSocket over TLS: dials, proves who we are and
 * hands over a stream in which nothing of that is left ({@code RelayDialer}, the first of the data
 * path's stops outside the tunnel). Fixed by the wire (docs/protocol/noports.md 4.1, 4.2): what is
 * said before the payload. Free to change: everything else.
 */
package org.noports.relay.client;
