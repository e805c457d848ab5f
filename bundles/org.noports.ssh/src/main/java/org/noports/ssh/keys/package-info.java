/**
 * The account's {@code authorized_keys}: keys that are made for one session and taken back after
 * moments, and keys that clients leave. Every change is made under a lock, beside the file, and put
 * in its place in one step; what others wrote meanwhile is kept. The lines' form is that of
 * sshd(8).
 */
package org.noports.ssh.keys;
