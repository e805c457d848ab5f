/**
 * Files of records that belong to no engine: backups and exports. The layout is fixed by {@code
 * docs/protocol/store-records.md}; this package knows how records are framed and checked, and
 * nothing of what they say.
 */
package org.noports.store.mvstore.records;
