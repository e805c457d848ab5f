/**
 * Sessions with our own atServer, which is our mailbox and key-value store: authenticated,
 * encrypted end to end, and re-established by themselves. Key names and metadata are fixed by the
 * atProtocol. Also how the operator of an atServer host adds and removes atSigns.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.api.atserver;
