package org.noports.api.session;

import java.util.List;
import org.noports.api.SessionId;

/** The sessions of one provider (the client, or a device); there may be several in a JVM. */
public interface Sessions {
  /** The sessions that run now, oldest first. */
  List<SessionFacts> running();

  /** Ends one; false if it does not run here. */
  boolean end(SessionId id, String reason);
}
