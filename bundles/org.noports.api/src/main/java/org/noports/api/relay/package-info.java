/**
 * Reaching a peer through a relay: the transports that dial one, and what they prove themselves
 * with. The relay joins two streams that it cannot read; what is said to it is fixed by
 * docs/protocol/noports.md section 4.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.api.relay;
