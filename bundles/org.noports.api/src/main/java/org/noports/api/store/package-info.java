/**
 * The store behind atServers: what an engine must do, and nothing of how. One name space for each
 * atSign; an ordered log of its changes; batches that happen whole or not at all; a queue of what
 * is to be sent. Embedded and distributed engines fit alike: nothing here is a lock, a transaction
 * or a map.
 *
 * <p>All calls return stages; a stage that completes means durable in the sense of {@link
 * org.noports.api.store.StoreCapabilities}. They fail with {@link org.noports.api.StoreFailed},
 * which leaves the outcome unknown: repeat with the same request id.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.api.store;
