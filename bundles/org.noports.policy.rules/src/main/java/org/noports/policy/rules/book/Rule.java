package org.noports.policy.rules.book;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.noports.api.policy.Obligations;
import org.noports.api.policy.RequestKind;
import org.noports.api.tunnel.Level;
import org.noports.policy.rules.condition.Condition;

/**
 * One sentence of a book.
 *
 * @param name as logs, audit and explanations show it; unique in its book
 * @param line where it begins
 * @param effect what it does when it matches
 * @param who whom it is about; any of them
 * @param devices on which devices; any of them
 * @param places where to; empty for wherever
 * @param kinds for which requests
 * @param levels how the session has to be protected; empty for however
 * @param postQuantum whether it has to stand quantum computers, or must not; empty for whether or
 *     not
 * @param when under which condition
 * @param zone in which the condition's {@code now} is told
 * @param obligations what comes with the permission
 */
public record Rule(
    String name,
    int line,
    Effect effect,
    List<Who> who,
    List<Devices> devices,
    List<Place> places,
    Set<RequestKind> kinds,
    Set<Level> levels,
    Optional<Boolean> postQuantum,
    Optional<Condition> when,
    ZoneId zone,
    Obligations obligations) {
  /** What a permit is for that names no kinds: nothing that a session did not always do. */
  public static final Set<RequestKind> USUAL =
      Set.of(RequestKind.PING, RequestKind.TUNNEL, RequestKind.SSH);

  public Rule {
    requireNonNull(name, "name is null");
    requireNonNull(effect, "effect is null");
    who = List.copyOf(who);
    devices = List.copyOf(devices);
    places = List.copyOf(places);
    kinds = Set.copyOf(kinds);
    levels = Set.copyOf(levels);
    requireNonNull(postQuantum, "postQuantum is null");
    requireNonNull(when, "when is null");
    requireNonNull(zone, "zone is null");
    requireNonNull(obligations, "obligations is null");
  }

  /** Whether it says anything that a request without place and protection cannot meet. */
  public boolean namesPlaceOrProtection() {
    return !places.isEmpty() || !levels.isEmpty() || postQuantum.isPresent();
  }
}
