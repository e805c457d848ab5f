/**
 * The commands {@code noports:*}: they read arguments, ask services, and print; they decide
 * nothing.
 *
 * <p>Each command is one class on {@link org.noports.shell.NoPortsAction}, which turns the error
 * family into one line on stderr and an {@link org.noports.shell.ExitCode}. What people read goes
 * to stdout and may change; {@code --json} and the exit codes are for programs and stay.
 */
package org.noports.shell;
