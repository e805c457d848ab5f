package org.noports.atserver.host.record;

/** The store's bundle is not running now; it may come back at any moment. */
public final class StoreAbsent extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreAbsent() {
    super("the store is not available now; try again later", null, false, false);
  }
}
