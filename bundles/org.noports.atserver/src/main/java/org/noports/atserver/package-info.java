/**
 * Sessions with atServers, one for each of our own atSigns: authenticated, encrypted end to end,
 * re-established by themselves.
 *
 * <p>All state of all sessions lives on one I/O loop, so there are no locks; files and signatures
 * are read and made on a thread of their own. Free to change: how connections are kept. Fixed by
 * the wire: verbs, key names and the encryption of values (docs/protocol/atprotocol.md 3, 7, 8).
 */
package org.noports.atserver;
