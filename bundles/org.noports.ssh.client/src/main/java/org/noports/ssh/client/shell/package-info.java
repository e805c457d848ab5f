/**
 * What a person does over a login of the built-in client: a shell, a command, a subsystem,
 * forwards. Free to change; how it feels is OpenSSH's (ssh(1)).
 */
package org.noports.ssh.client.shell;
