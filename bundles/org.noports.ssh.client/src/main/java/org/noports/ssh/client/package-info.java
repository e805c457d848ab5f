/**
 * The person's side of SSH: {@link org.noports.ssh.client.ProxyService} carries what OpenSSH's
 * programs send and get ({@code ProxyCommand noports proxy …}) through sessions that {@link
 * org.noports.ssh.client.SharedTunnels} shares, and {@link org.noports.ssh.client.WrittenSshConfig}
 * writes the lines of {@code ssh_config} that make them ask for it.
 *
 * <p>Free to change; what {@code noports proxy} takes as arguments stands in people's {@code
 * ssh_config} and stays. SSH itself (RFC 4251 and its companions) passes through unread.
 */
package org.noports.ssh.client;
