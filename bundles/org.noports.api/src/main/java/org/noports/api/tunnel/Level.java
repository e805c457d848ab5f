package org.noports.api.tunnel;

/** How well a session is protected; negotiated, and shown with every session. */
public enum Level {
  /** AES-256-CTR with one key and IV for both directions: whoever carries it can learn content. */
  L0("L0 (insecure: one key for both directions)"),
  /** AES-256-CTR with a key for each direction: hidden, but not protected against changes. */
  L1("L1 (AES-256-CTR, twin keys)"),
  /** NP2 with X25519: hidden, every change found, forward secret. */
  L2("L2 (NP2: sealed, checked, forward secret by X25519)"),
  /**
   * NP2 with a key agreement that stands quantum computers, hybrid by default: as L2, also for
   * whoever records now to compute later.
   */
  L3("L3 (NP2: as L2, and forward secret against quantum computers)");

  private final String description;

  Level(String description) {
    this.description = description;
  }

  /** The level's name and what it means, in a few words. */
  public String description() {
    return description;
  }
}
