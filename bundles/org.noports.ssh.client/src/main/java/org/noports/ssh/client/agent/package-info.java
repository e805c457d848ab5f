/**
 * A small SSH agent for the key of one session: what OpenSSH asks it for on a Unix socket
 * (draft-miller-ssh-agent) is the key's public half and signatures by it. The key is in memory only
 * and goes with the session. Free to change; the wire is the agent protocol's.
 */
package org.noports.ssh.client.agent;
