package org.noports.policy.rules;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.noports.api.HostPort;
import org.noports.api.Target;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Circumstances;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Obligations;
import org.noports.api.policy.Observed;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.RequestKind;
import org.noports.policy.rules.book.BookTest;
import org.noports.policy.rules.engine.Ruling;
import org.noports.policy.rules.question.AskedDevice;
import org.noports.policy.rules.question.Countries;
import org.noports.policy.rules.question.Endpoint;
import org.noports.policy.rules.question.Question;

/** Between the words of the system and those of books. */
final class Translate {
  private Translate() {}

  /**
   * @param countries where addresses are, whatever the request says of that
   */
  static Question question(AccessRequest request, Countries countries) {
    Circumstances around = request.circumstances();
    return new Question(
        request.client(),
        new AskedDevice(request.device(), request.deviceGroup(), around.deviceTags()),
        request.kind(),
        request.target().map(target -> endpoint(target, around)),
        around.level(),
        located(around.observed(), countries),
        around.claimedZone(),
        around.at());
  }

  private static Observed located(Observed seen, Countries countries) {
    Optional<String> country = seen.address().flatMap(countries::of);
    return country.isPresent() ? new Observed(false, seen.address(), country) : seen;
  }

  private static Endpoint endpoint(Target target, Circumstances around) {
    return target instanceof Target.Service service
        ? new Endpoint.Service(service.name())
        : new Endpoint.Socket(target.wireHost(), around.address(), target.wirePort());
  }

  /** The request that a question stands for. */
  static AccessRequest request(Question question) {
    Circumstances around =
        new Circumstances(
            question.device().tags(),
            question.endpoint().flatMap(Translate::address),
            question.level(),
            question.observed(),
            question.claimedZone(),
            question.now());
    return new AccessRequest(
        question.client(),
        question.device().address(),
        question.device().group(),
        question.kind(),
        question.endpoint().map(Translate::target),
        around);
  }

  private static Optional<InetAddress> address(Endpoint endpoint) {
    return endpoint instanceof Endpoint.Socket socket ? socket.address() : Optional.empty();
  }

  private static Target target(Endpoint endpoint) {
    return endpoint instanceof Endpoint.Socket socket
        ? new Target.Tcp(new HostPort(socket.host(), socket.port()))
        : new Target.Service(((Endpoint.Service) endpoint).name());
  }

  /**
   * A book's ruling as a decision on {@code request}.
   *
   * @param byTheClock whether it may be another in the next minute
   */
  static Decision decision(
      Ruling ruling, AccessRequest request, String revision, boolean byTheClock) {
    if (ruling.answer() == BookTest.Answer.DENY) {
      return ruling.rule().equals(Ruling.DEFAULT_DENY)
          ? new Decision.Abstain(ruling.rule(), ruling.reason(), revision)
          : new Decision.Deny(ruling.rule(), ruling.reason(), revision);
    }
    if (ruling.answer() == BookTest.Answer.LATER) {
      return new Decision.Later(ruling.rule(), ruling.reason(), revision);
    }
    return new Decision.Permit(
        ruling.rule(),
        request.target().map(target -> List.of(place(request.kind(), target))).orElse(List.of()),
        ruling.obligations(),
        revision,
        byTheClock ? Optional.of(nextMinute(request.circumstances().at())) : Optional.empty());
  }

  /** What was asked for, and nothing beside it. */
  private static PermitOpen place(RequestKind kind, Target target) {
    return target instanceof Target.Service service
        ? new PermitOpen(false, "service", service.name())
        : new PermitOpen(
            kind == RequestKind.UDP, target.wireHost(), Integer.toString(target.wirePort()));
  }

  static Instant nextMinute(Instant at) {
    return at.truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1));
  }

  /** A decision as a ruling; what no rule permits is a no. */
  static Ruling ruling(Decision decision) {
    return new Ruling(
        decision instanceof Decision.Permit
            ? BookTest.Answer.PERMIT
            : decision instanceof Decision.Later ? BookTest.Answer.LATER : BookTest.Answer.DENY,
        decision.rule(),
        "",
        decision instanceof Decision.Permit permit ? permit.obligations() : Obligations.NONE);
  }
}
