package org.noports.tunnel;

import java.util.Locale;

/** What became of one session when it had to leave a provider. */
enum Fate {
  /** It held nothing of it. */
  UNUSED,
  /** Both directions run under something else, or it has no link that could hold anything. */
  MOVED,
  /** It keeps what it has until it ends. */
  DRAINED,
  /** It was ended. */
  CLOSED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
