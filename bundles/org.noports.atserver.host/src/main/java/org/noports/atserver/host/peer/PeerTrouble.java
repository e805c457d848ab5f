package org.noports.atserver.host.peer;

import static java.util.Objects.requireNonNull;

/**
 * A call to another atServer came to nothing: internal to this bundle, turned into an error answer
 * or a later try where it is caught.
 */
public final class PeerTrouble extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Where it failed; decides the error code that our own client is given. */
  public enum Kind {
    /** The atDirectory does not know the atSign. */
    UNKNOWN("AT0007"),
    /** No connection. */
    UNREACHABLE("AT0021"),
    /** It did not let us in. */
    HANDSHAKE("AT0008"),
    /** The connection broke under the call; a fresh one may do. */
    BROKEN("AT0021"),
    /** No answer in time. */
    SILENT("AT0023");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }

  private final Kind kind;

  public PeerTrouble(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = requireNonNull(kind, "kind is null");
  }

  public Kind kind() {
    return kind;
  }
}
