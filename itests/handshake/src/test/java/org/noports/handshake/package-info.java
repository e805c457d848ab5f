/**
 * The real client and the real device in one JVM with atServers in memory, and what somebody
 * between them can do.
 */
package org.noports.handshake;
