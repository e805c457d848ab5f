/**
 * The atProtocol between clients and atServers: each verb as a value, read from a line and written
 * as one, the metadata of keys, and what atServers answer (docs/protocol/atprotocol.md 2, 3 and 9).
 *
 * <p>The grammar is fixed by the wire. We read liberally (any case, any order of parameters, newer
 * parameters) and write one canonical form.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.protocol.verb;
