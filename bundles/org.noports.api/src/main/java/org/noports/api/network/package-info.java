/**
 * The way out of this machine: whether a connection of ours goes to its target or to a proxy first.
 * Every dial to atDirectory, atServers and relays asks; what a device opens for its visitors does
 * not.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.api.network;
