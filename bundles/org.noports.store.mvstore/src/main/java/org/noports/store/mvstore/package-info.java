/** Embedded key-value store behind AtStore, crash-safe; the default. */
package org.noports.store.mvstore;
