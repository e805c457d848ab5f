package org.noports.shell;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.console.Session;
import org.noports.api.SessionId;
import org.noports.api.session.TunnelSession;
import org.osgi.service.component.annotations.Component;

/**
 * Who opened which session from a command line: a caller who is not the owner of this instance (see
 * org.noports.door) sees those of its own and no others.
 */
@Component(service = CallersSessions.class)
public final class CallersSessions {
  /** Set by the local door: the caller's name on this machine. */
  private static final String USER = "noports.user";

  /** Set by the local door: the caller may see its own alone. */
  private static final String RESTRICTED = "noports.restricted";

  private final Map<TunnelSession, String> users = new ConcurrentHashMap<>();

  /** Remembers who opened it, for as long as it lasts. */
  void opened(TunnelSession session, Session shell) {
    if (shell.get(USER) instanceof String user) {
      users.put(session, user);
      session.ended().whenComplete((why, failure) -> users.remove(session));
    }
  }

  /** Whether this caller may see all sessions. */
  static boolean seesAll(Session shell) {
    return !Boolean.TRUE.equals(shell.get(RESTRICTED));
  }

  /** The sessions this caller has opened; one that was replaced has its new id. */
  Set<SessionId> of(Session shell) {
    return users.entrySet().stream()
        .filter(entry -> entry.getValue().equals(shell.get(USER)))
        .map(entry -> entry.getKey().facts().id())
        .collect(Collectors.toSet());
  }
}
