/**
 * What an atSign's store holds, in the atServer's words: keyed values with metadata, notifications
 * received, notifications on their way out.
 *
 * <p>The names and metadata of keyed values are fixed by the atProtocol; keys that begin with
 * {@code ~} are the host's own, never shown to a peer, and free to change with the store's format.
 */
package org.noports.atserver.host.record;
