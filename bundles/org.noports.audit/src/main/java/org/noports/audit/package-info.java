/**
 * What was asked, decided and done: one line of JSON for each event, in order, never written twice
 * and never changed.
 *
 * <p>{@link EventFileAudit} takes events, {@link EventWriter} carries them to the disk in groups,
 * {@link EventFile} is the file. The lines are fixed by those who read them, {@link EventLine} and
 * {@link EventFile#FORMAT}; all else is free to change.
 */
package org.noports.audit;
