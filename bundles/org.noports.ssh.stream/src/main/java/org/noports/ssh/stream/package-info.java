/**
 * MINA's SSH over a {@link org.noports.api.stream.ByteStream}, for both sides: {@link
 * org.noports.ssh.stream.StreamIoFactory} takes the place of MINA's sockets, and {@link
 * org.noports.ssh.stream.StreamPeer} that of an address. Nothing here listens, logs, has
 * configuration or a thread of its own. Free to change with the package's version; SSH itself is
 * MINA's.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.ssh.stream;
