package org.noports.door;

import java.security.PrivilegedAction;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;

/** Does something in Karaf's shell as a caller: under its name, with the roles it has here. */
final class ShellUser {
  private static final Set<String> OWNER = Set.of("admin", "manager", "viewer", "systembundles");
  private static final Set<String> MEMBER = Set.of("noports");

  private ShellUser() {}

  static int call(Peer peer, Callable<Integer> action) throws Exception {
    Subject subject = new Subject();
    subject.getPrincipals().add(new UserPrincipal(peer.user()));
    Set<String> roles = peer.access() == Peer.Access.OWNER ? OWNER : MEMBER;
    roles.forEach(role -> subject.getPrincipals().add(new RolePrincipal(role)));
    PrivilegedAction<Outcome> outcome = () -> Outcome.of(action);
    return Subject.doAs(subject, outcome).get();
  }

  /** A result or a failure, so that a failure passes through unwrapped. */
  private record Outcome(int code, Exception failure) {
    static Outcome of(Callable<Integer> action) {
      try {
        return new Outcome(action.call(), null);
      } catch (Exception e) {
        return new Outcome(Work.FAILED, e);
      }
    }

    int get() throws Exception {
      if (failure != null) {
        throw failure;
      }
      return code;
    }
  }
}
