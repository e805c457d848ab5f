package org.noports.store.mvstore.journal;

import java.io.IOException;

/** The journal cannot be read as far as it was acknowledged; the message names the file. */
public final class JournalDamaged extends IOException {
  private static final long serialVersionUID = 1L;

  JournalDamaged(String message) {
    super(message);
  }
}
