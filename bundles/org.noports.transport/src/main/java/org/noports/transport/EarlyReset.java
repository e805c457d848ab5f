package org.noports.transport;

import java.io.IOException;

/** The other side has closed a connection before it was used: nothing of ours is at fault. */
public final class EarlyReset extends IOException {
  private static final long serialVersionUID = 1L;

  EarlyReset(Throwable cause) {
    super("The other side has closed the connection at once", cause);
  }
}
