package org.noports.atserver.host.verb;

import static java.util.Objects.requireNonNull;

import org.noports.api.AtSign;
import org.noports.atserver.host.enrollment.Access;

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
   * @param access what may be touched: all, or what an enrollment says
   */
  record Owner(String proof, Access access) implements Standing {
    static final String CRAM = "cram";
    static final String PKAM = "pkam";

    public Owner {
      requireNonNull(proof, "proof is null");
      requireNonNull(access, "access is null");
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
