package org.noports.atserver.host.verb;

import static java.util.Objects.requireNonNull;

import org.noports.api.AtSign;

/** Who speaks on a connection, as far as we have been shown. */
public sealed interface Standing {
  /** How it was shown: {@code none}, {@code cram}, {@code pkam} or {@code pol}. */
  String proof();

  /** Nobody we know. */
  record Stranger() implements Standing {
    @Override
    public String proof() {
      return "none";
    }
  }

  /**
   * The atSign's owner.
   *
   * @param proof {@code cram} or {@code pkam}
   */
  record Owner(String proof) implements Standing {
    public Owner {
      requireNonNull(proof, "proof is null");
    }
  }

  /**
   * Another atSign's atServer, shown by pol.
   *
   * @param atSign whose
   */
  record Visitor(AtSign atSign) implements Standing {
    public Visitor {
      requireNonNull(atSign, "atSign is null");
    }

    @Override
    public String proof() {
      return "pol";
    }
  }
}
