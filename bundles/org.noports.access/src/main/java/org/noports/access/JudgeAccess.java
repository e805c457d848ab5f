package org.noports.access;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.noports.api.Target;
import org.noports.api.access.TimedAccess;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Obligations;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.RequestKind;

/**
 * What granted access says of a request: yes to its client, at its device, for its place, in its
 * time; nothing of all else, so that others decide. It never forbids.
 */
final class JudgeAccess {
  /** Sorts behind a book's default: where nobody permits, that one is named. */
  static final String NOTHING = "nothing-granted";

  /** The rule by which those who are named may ask whether a device is there. */
  static final String ASKERS = "access-askers";

  private JudgeAccess() {}

  /**
   * @param granted what was granted
   * @param running whether the time of one is not over, by a clock that nobody sets
   * @param ended what was granted before
   */
  static Decision decide(
      AccessRequest request,
      List<TimedAccess> granted,
      Predicate<TimedAccess> running,
      List<TimedAccess> ended) {
    Instant at = request.circumstances().at();
    return granted.stream()
        .filter(each -> covers(each, request))
        .filter(each -> running.test(each) && each.granted().orElseThrow().has(at))
        .max(Comparator.comparing(each -> each.granted().orElseThrow().until()))
        .<Decision>map(each -> permit(each, request))
        .orElseGet(() -> nothing(request, granted, ended));
  }

  private static boolean covers(TimedAccess access, AccessRequest request) {
    return access.wish().client().equals(request.client())
        && access.wish().device().equals(request.device())
        && switch (request.kind()) {
          case PING -> true;
          case TUNNEL, SSH -> request.target().filter(it -> same(access, it)).isPresent();
          default -> false;
        };
  }

  /** The very place: nothing that was granted is a pattern. */
  private static boolean same(TimedAccess access, Target target) {
    Target granted = access.wish().target();
    return granted.getClass() == target.getClass()
        && granted.wireHost().equalsIgnoreCase(target.wireHost())
        && granted.wirePort() == target.wirePort();
  }

  private static PermitOpen place(TimedAccess access) {
    Target target = access.wish().target();
    return target instanceof Target.Service service
        ? new PermitOpen(false, "service", service.name())
        : new PermitOpen(false, target.wireHost(), Integer.toString(target.wirePort()));
  }

  private static Decision permit(TimedAccess access, AccessRequest request) {
    return new Decision.Permit(
        access.rule(),
        request.kind() == RequestKind.PING ? List.of() : List.of(place(access)),
        Obligations.NONE,
        "",
        access.granted().map(TimedAccess.Span::until));
  }

  /** Whoever had access is told that it is over. */
  private static Decision nothing(
      AccessRequest request, List<TimedAccess> granted, List<TimedAccess> ended) {
    // What is over by now may not be put away yet.
    Optional<TimedAccess> last =
        Stream.concat(ended.stream(), granted.stream())
            .filter(each -> covers(each, request))
            .reduce((first, second) -> second);
    return last.map(
            each ->
                new Decision.Abstain(
                    each.rule(),
                    "the access that "
                        + request.client()
                        + " was granted is over, or was withdrawn"))
        .orElseGet(
            () ->
                new Decision.Abstain(
                    NOTHING, "nobody has granted " + request.client() + " access for now"));
  }
}
