package org.noports.ssh.client.copy;

import org.noports.api.NoPortsException;

/**
 * One thing was not copied; what the person is told, and whether the rest is still worth trying.
 */
final class CopyProblem extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient NoPortsException told;
  private final boolean ofAll;

  CopyProblem(NoPortsException told, boolean ofAll) {
    super(told.getMessage(), told);
    this.told = told;
    this.ofAll = ofAll;
  }

  NoPortsException told() {
    return told;
  }

  /** Nothing else can be copied either. */
  boolean ofAll() {
    return ofAll;
  }
}
