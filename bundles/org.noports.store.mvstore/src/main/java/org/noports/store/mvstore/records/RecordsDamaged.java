package org.noports.store.mvstore.records;

import java.io.IOException;

/** A file of records is none, newer, or damaged; the message says which and can be shown. */
public final class RecordsDamaged extends IOException {
  private static final long serialVersionUID = 1L;

  RecordsDamaged(String message) {
    super(message);
  }
}
