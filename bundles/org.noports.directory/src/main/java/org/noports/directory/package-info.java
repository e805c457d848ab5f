/**
 * Resolve an atSign to the host and port of its atServer: {@link CachingAtDirectory} remembers and
 * asks once for all who want to know, {@link LookUp} speaks the atDirectory's line protocol, which
 * docs/protocol/atprotocol.md §1 fixes. All else is free to change.
 */
package org.noports.directory;
