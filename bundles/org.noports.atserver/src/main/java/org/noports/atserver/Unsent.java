package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import org.noports.api.NoPortsException;

/** A command was never sent, since its connection ended: it is safe to send it again. */
final class Unsent extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final NoPortsException reason;

  Unsent(NoPortsException reason) {
    super(reason.getMessage(), requireNonNull(reason, "reason is null"));
    this.reason = reason;
  }

  /** Why the connection ended. */
  NoPortsException reason() {
    return reason;
  }
}
