/**
 * The lines of the audit and how they hold together: {@link ChainLine} writes and reads one, {@link
 * AuditFiles} names and orders the files, {@link TailOfFile} finds where a chain goes on, {@link
 * VerifyFiles} walks it. The lines are fixed by those who read them (docs/audit.md); all else is
 * free to change. Knows no OSGi, no thread and no clock.
 */
package org.noports.audit.chain;
