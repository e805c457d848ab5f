package org.noports.door.wire;

import java.io.IOException;

/** The other side does not speak this protocol; the connection ends. */
public final class MalformedFrame extends IOException {
  private static final long serialVersionUID = 1L;

  public MalformedFrame(String message) {
    super(message);
  }
}
