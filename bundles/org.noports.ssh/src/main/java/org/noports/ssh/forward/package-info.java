/**
 * What an SSH session opens beyond its channels: TCP forwards, each decided on by the session's
 * gate, X11, and the client's agent behind a socket of the account. Free to change.
 */
package org.noports.ssh.forward;
