/**
 * Values and notifications whose keys a quantum computer does not open: upstream's second way of
 * encrypting between atSigns, beside the RSA-2048 of docs/protocol/atprotocol.md 7. What is on the
 * wire is fixed by RFC 9180 and docs/protocol/atprotocol.md 7.1; upstream calls it experimental, so
 * every literal of it stands in {@link org.noports.atserver.pq.Profile} alone. Provides one {@link
 * org.noports.api.atserver.ValueCodec}; owns no connection: it reads and writes through the session
 * that asks.
 */
package org.noports.atserver.pq;
