package org.noports.atserver.host.record;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import org.noports.api.ProtocolViolation;
import org.noports.api.store.StoreEntry;
import org.noports.protocol.json.JsonObject;

/** What a commit did to its key, in the signs of {@code sync} (atprotocol.md 3.16). */
public enum CommitOp {
  /** A value was stored and nothing said of it. */
  VALUE("+"),
  /** A value was stored and something said of it. */
  ALL("*"),
  /** Something was said of a value that stayed. */
  META("#"),
  /** The value went. */
  DELETE("-");

  /** Beside the metadata's own fields; whoever reads metadata ignores it. */
  static final String FIELD = "op";

  private final String sign;

  CommitOp(String sign) {
    this.sign = requireNonNull(sign, "sign is null");
  }

  public String sign() {
    return sign;
  }

  /** What the entry's latest change did. */
  static CommitOp of(StoreEntry entry) {
    if (entry.deleted()) {
      return DELETE;
    }
    try {
      String text = new String(entry.metadata(), StandardCharsets.UTF_8);
      String stored = JsonObject.parse("stored metadata", text).text(FIELD).orElse("");
      for (CommitOp op : values()) {
        if (op.sign.equals(stored)) {
          return op;
        }
      }
      // Written before operations were: clients take value and metadata.
      return ALL;
    } catch (ProtocolViolation e) {
      throw new IllegalStateException("The store returned metadata that we did not write", e);
    }
  }
}
