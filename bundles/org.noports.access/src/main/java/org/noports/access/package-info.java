/**
 * Access for a time. At the client {@link org.noports.access.AskForAccess} asks; at the device
 * {@link org.noports.access.TimedAccesses} keeps what waits and what was granted, and permits by
 * it. The wire is docs/protocol/access.md; the file's format carries a number; all else is free to
 * change.
 */
package org.noports.access;
