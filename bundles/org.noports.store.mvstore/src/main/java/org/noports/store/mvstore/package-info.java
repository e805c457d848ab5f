/**
 * Embedded store behind {@code AtStore}, crash-safe; the default engine.
 *
 * <p>One H2 MVStore file holds all atSigns. Changes go through one {@link CommitThread}, which
 * collects what arrives while the disk is busy into one commit and one flush; reads see the last
 * flushed {@link Snapshot} and wait for nobody. What is written where is said by {@link Tables} and
 * {@link RowKeys}: both are fixed by files on disk, and change only with {@link StoreFile#FORMAT}.
 * All else is free to change.
 */
package org.noports.store.mvstore;
