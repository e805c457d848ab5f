/**
 * The names of values at an atServer: who owns one, whom it is for, its namespace
 * (docs/protocol/atprotocol.md 8). The text forms are fixed by the wire.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.protocol.key;
