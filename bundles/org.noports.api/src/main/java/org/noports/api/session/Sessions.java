package org.noports.api.session;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.api.SessionId;
import org.noports.api.tunnel.SessionEnd;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteChange;

/** The sessions of one provider (the client, or a device); there may be several in a JVM. */
public interface Sessions {
  /** The sessions that run now, oldest first. */
  List<SessionFacts> running();

  /**
   * Has both ends of one agree on fresh keys, under {@code suite} or the best that both have now;
   * empty if it does not run here. The stage fails as {@link SessionEnd#rekey} does.
   */
  default Optional<CompletionStage<SuiteChange>> rekey(SessionId id, Optional<Suite> suite) {
    return Optional.empty();
  }

  /** Ends one; false if it does not run here. */
  boolean end(SessionId id, String reason);
}
