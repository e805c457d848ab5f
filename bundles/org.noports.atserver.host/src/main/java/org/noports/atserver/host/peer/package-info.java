/**
 * The other atServers, called by ours: connections that prove who calls (pol), kept open and
 * shared, one question at a time.
 *
 * <p>The wire is fixed by docs/protocol/atprotocol.md 4.1; how connections are pooled is free.
 */
package org.noports.atserver.host.peer;
