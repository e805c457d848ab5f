/**
 * The session above the links: {@link org.noports.tunnel.session.SessionChannel}, a byte stream
 * that outlives its links, and on it {@link org.noports.tunnel.session.Multiplexer} with a credit
 * for each stream. Everything of one session happens on one event loop.
 *
 * <p>Fixed by the wire (docs/protocol/np2.md): frames, offsets, the words of requests. Window
 * sizes, turns and what is kept how long are free to change.
 */
package org.noports.tunnel.session;
