/**
 * The atDirectory as its users and its operator see it: which host and port serves an atSign.
 * Look-ups speak the atDirectory's line protocol over TLS (docs/protocol/atprotocol.md).
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.api.directory;
