/**
 * Logging in by MINA's client, over a stream: is it the right server, and who one is: the person's
 * own keys, agent and passwords. Free to change.
 */
package org.noports.ssh.client.login;
