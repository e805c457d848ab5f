/**
 * What every engine behind {@code AtStore} must pass. An engine's own tests extend {@link
 * org.noports.testkit.store.AtStoreContract} and {@link
 * org.noports.testkit.store.AtStoreCrashContract}.
 */
package org.noports.testkit.store;
