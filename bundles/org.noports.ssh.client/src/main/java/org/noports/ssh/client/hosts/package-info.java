/**
 * Whose host key is right: what the device has signed for, or what is known of it, in the file that
 * OpenSSH reads as well. The file's format is OpenSSH's (sshd(8)); the rest is free to change.
 */
package org.noports.ssh.client.hosts;
