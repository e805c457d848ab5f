/**
 * What client, device and relay say to one another to open a session: the signed envelope, the
 * session request and its answer, ping and its answer, the relay's hand-out of ports, and the names
 * under which each travels (docs/protocol/noports.md 2).
 *
 * <p>Field names, their order and the texts of refusals are fixed by the wire. Every reader ignores
 * fields it does not know and fills in what older programs leave out.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.protocol.session;
