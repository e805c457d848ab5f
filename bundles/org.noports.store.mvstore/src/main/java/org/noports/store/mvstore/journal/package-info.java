/**
 * What was acknowledged and is not in the store's file yet: numbered records, one for each group of
 * batches, in segment files beside the store's file. This package knows bytes and numbers, and
 * nothing of what the records say. The layout ({@link org.noports.store.mvstore.journal.Segment},
 * {@link org.noports.store.mvstore.journal.JournalRecord}) lies on disks: changing it takes a new
 * format number.
 */
package org.noports.store.mvstore.journal;
