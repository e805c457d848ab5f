package org.noports.api.store;

/**
 * What {@link StoreCare} has done.
 *
 * @param atSigns how many atSigns were written or read
 * @param records how many entries, deletions and queued items
 * @param bytesBefore length of the file that was read: the backup, or the store's before
 * @param bytesAfter length of the file that was written: the backup, or the store's since
 */
public record StoreReport(long atSigns, long records, long bytesBefore, long bytesAfter) {}
