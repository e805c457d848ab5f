package org.noports.api.session;

import java.time.Duration;

/** Follows a hand-shake. Called on whatever thread finished the step: return at once. */
@FunctionalInterface
public interface HandshakeListener {
  /** Hears nothing. */
  HandshakeListener SILENT = (step, took, detail) -> {};

  /**
   * A step is done.
   *
   * @param took how long this step took; steps may overlap
   * @param detail what came of it, for example the relay's address; never secret
   */
  void done(HandshakeStep step, Duration took, String detail);
}
