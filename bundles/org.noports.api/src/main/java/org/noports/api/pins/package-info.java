/**
 * What this machine knows of its peers from before: without it the operator of an atServer could
 * stand in the middle, because atServers are where public keys come from.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.api.pins;
