/**
 * The atDirectory itself: answers look-ups over TLS, and slows down who guesses names.
 *
 * <p>The wire is fixed by docs/protocol/atprotocol.md §1 and §13.1: {@link Lookups} is the one file
 * that speaks it. The records file is fixed by those who edit it: {@link RecordsText}. All else is
 * free to change.
 */
package org.noports.directory.server;
