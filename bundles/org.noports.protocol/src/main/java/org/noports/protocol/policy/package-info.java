/**
 * What devices and policy services say to one another: the RPC by which a device asks, the
 * heartbeat by which it says that it is there, and the signed snapshots of rules that it is given
 * (docs/protocol/noports.md 7).
 *
 * <p>Field names and their order are fixed by the wire. What is ours alone stands in the objects
 * {@code request}, {@code response} and {@code policySnapshot}, which other programs pass over.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.protocol.policy;
