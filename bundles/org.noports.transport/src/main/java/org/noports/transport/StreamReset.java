package org.noports.transport;

import java.io.IOException;

/**
 * A stream has ended before its content has, and its carrier knows: unlike a socket's failure it is
 * never what comes behind the last byte. A {@link Splice} passes it on as a reset.
 */
public final class StreamReset extends IOException {
  private static final long serialVersionUID = 1L;

  public StreamReset(String message, Throwable cause) {
    super(message, cause);
  }
}
