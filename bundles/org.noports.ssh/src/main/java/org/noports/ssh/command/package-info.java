/**
 * What an SSH session runs on the device: an account's shell or one command, on pipes or on a
 * pseudo-terminal. The terminal is made by {@code script} of util-linux (docs/decisions/0026), so
 * nothing native is loaded into this JVM. Free to change.
 */
package org.noports.ssh.command;
