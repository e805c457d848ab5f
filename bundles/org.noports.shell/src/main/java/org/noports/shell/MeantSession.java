package org.noports.shell;

import java.util.List;
import org.noports.api.SessionGone;
import org.noports.api.SessionId;
import org.noports.api.session.SessionFacts;
import org.noports.api.session.Sessions;

/** Which session somebody means who writes its id, or the beginning of one. */
final class MeantSession {
  private MeantSession() {}

  static SessionId of(String session, List<Sessions> all) throws SessionGone {
    List<SessionId> matching =
        all.stream()
            .flatMap(sessions -> sessions.running().stream())
            .map(SessionFacts::id)
            .filter(id -> id.toString().startsWith(session))
            .distinct()
            .toList();
    if (matching.size() == 1) {
      return matching.get(0);
    }
    throw new SessionGone(
        matching.isEmpty()
            ? "No session '" + session + "' runs here; noports:sessions lists what does"
            : "'"
                + session
                + "' begins the ids of "
                + matching.size()
                + " sessions: write more of it");
  }
}
