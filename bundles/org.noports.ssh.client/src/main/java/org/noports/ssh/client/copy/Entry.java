package org.noports.ssh.client.copy;

import java.time.Instant;

/**
 * What is found somewhere.
 *
 * @param kind what it is, behind a link
 * @param size in bytes
 * @param mode its permissions, the lowest nine bits
 * @param modified when it was changed last
 */
record Entry(Kind kind, long size, int mode, Instant modified) {
  enum Kind {
    FILE,
    FOLDER,
    OTHER
  }
}
