/**
 * Datagrams on a stream of bytes, as RFC 9297 and RFC 9298 frame them. Fixed by the wire: the
 * capsules; free to change: the rest.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.protocol.datagram;
