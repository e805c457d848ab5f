package org.noports.store.mvstore;

import java.nio.file.Path;
import java.time.Clock;
import org.noports.api.store.AtStore;
import org.noports.testkit.store.AtStoreOnceContract;

/** The engine keeps the contract. */
public class EmbeddedOnceTest extends AtStoreOnceContract {
  @Override
  protected AtStore open(Path folder, Clock clock) {
    return EmbeddedStores.open(folder, clock);
  }

  @Override
  protected void close(AtStore store) {
    EmbeddedStores.close(store);
  }
}
