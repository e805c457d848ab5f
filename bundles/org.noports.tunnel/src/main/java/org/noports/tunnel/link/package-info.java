/**
 * One link of an NP2 session: a relayed connection on which both ends have proven who they are, and
 * from then on everything is a sealed record (docs/protocol/np2.md). {@link
 * org.noports.tunnel.link.SealedLink} is the table of contents: preface and confirm, {@link
 * org.noports.tunnel.link.SealRecords}, {@link org.noports.tunnel.link.OpenRecords}, and {@link
 * org.noports.tunnel.link.KeyExchange} for keys that change while data flows.
 *
 * <p>All of a link runs on its channel's event loop. What stands above it (offsets, replay,
 * streams) is in {@code org.noports.tunnel.session}, which outlives its links.
 */
package org.noports.tunnel.link;
