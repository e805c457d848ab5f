/**
 * Copying over SFTP (draft-ietf-secsh-filexfer-02, as OpenSSH speaks it): {@link
 * org.noports.ssh.client.copy.CopyFiles} is the story, and both ends are a {@link
 * org.noports.ssh.client.copy.Side}. A file gets its name when it is whole. Free to change.
 */
package org.noports.ssh.client.copy;
