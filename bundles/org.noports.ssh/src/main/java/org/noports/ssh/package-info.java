/**
 * SSH over the tunnel's streams, by Apache MINA SSHD: the built-in SSH server for devices without
 * sshd ({@link org.noports.ssh.BuiltInSshServer}) and a client for single commands ({@link
 * org.noports.ssh.StreamRemoteCommands}). Neither listens or dials: MINA's I/O is replaced by
 * {@link org.noports.ssh.StreamIo}, which carries {@link org.noports.api.stream.ByteStream}s.
 *
 * <p>Free to change; the wire is RFC 4251 to 4254.
 */
package org.noports.ssh;
