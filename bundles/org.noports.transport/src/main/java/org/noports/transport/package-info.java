/** Netty made ours: event loops as a value, line channel, TLS, Splice. */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.transport;
