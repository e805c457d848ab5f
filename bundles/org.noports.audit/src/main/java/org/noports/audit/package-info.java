/**
 * What was asked, decided and done: one line of JSON for each event, in order, never written twice
 * and never changed without being found out.
 *
 * <p>{@link EventFileAudit} takes events, {@link EventWriter} carries them to the disk in groups,
 * {@link EventChain} makes lines of them and goes on over files, restarts and crashes ({@link
 * OpenedChain}). {@link KeptTrail} reads and verifies. The lines are in {@code chain} and fixed by
 * those who read them (docs/audit.md); all else is free to change.
 */
package org.noports.audit;
