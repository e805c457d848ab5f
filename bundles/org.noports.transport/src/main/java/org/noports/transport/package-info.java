/**
 * Netty made ours: event loops as a value, dialling and listening with one set of options, TLS from
 * PEM files, text lines for the control plane, and {@link org.noports.transport.Splice}, the only
 * code that moves bytes between two channels. Nothing here logs, has configuration or starts a
 * thread that its caller did not ask for. The wire fixes the line ends, the order of responses and
 * TLS's closing alert; everything else is free to change with the package's version.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.transport;
