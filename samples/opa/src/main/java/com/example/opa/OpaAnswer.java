package com.example.opa;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.noports.api.ProtocolViolation;
import org.noports.api.Target;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Obligations;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.RequestKind;
import org.noports.api.policy.Requirement;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;

/**
 * OPA's answer as a decision. The document may be {@code true} or {@code false}, or an object:
 * {@code allow}, and perhaps {@code rule}, {@code reason}, {@code max_session} ({@code 1h}) and
 * {@code require} ({@code pq-secrecy}). Any other key may be a duty that nobody here knows: it is
 * not understood, so nothing is decided.
 */
final class OpaAnswer {
  private static final String WHAT = "OPA's answer";
  private static final Set<String> KNOWN =
      Set.of("allow", "rule", "reason", "max_session", "require");

  private OpaAnswer() {}

  static Decision of(String text, String rule, AccessRequest request, Instant until)
      throws ProtocolViolation {
    Optional<JsonValue> result = JsonObject.parse(WHAT, text).get("result");
    if (result.isEmpty()) {
      // REST API, Data: "result" is left out if the document is undefined.
      return new Decision.Deny(rule, "OPA has no such document for this question");
    }
    if (result.get() instanceof JsonObject object) {
      return of(object, rule, request, until);
    }
    if (result.get() == JsonValue.Literal.TRUE) {
      return permit(rule, Obligations.NONE, request, until);
    }
    if (result.get() == JsonValue.Literal.FALSE) {
      return new Decision.Deny(rule, "OPA denies");
    }
    throw new ProtocolViolation(WHAT + ": result is neither true nor false nor an object");
  }

  private static Decision of(JsonObject result, String path, AccessRequest request, Instant until)
      throws ProtocolViolation {
    if (!KNOWN.containsAll(result.fields().keySet())) {
      throw new ProtocolViolation(WHAT + ": result has other keys than " + KNOWN);
    }
    String rule = result.text("rule").map(name -> path + "/" + name).orElse(path);
    if (!result.requireFlag("allow")) {
      return new Decision.Deny(rule, result.text("reason").orElse("OPA denies"));
    }
    Optional<Duration> most = result.text("max_session", Obligations::length);
    Requirement require = result.text("require", Requirement::of).orElse(Requirement.NONE);
    return permit(rule, new Obligations(require, most, false), request, until);
  }

  /** For what was asked alone: each connection of a session is a question of its own. */
  private static Decision permit(
      String rule, Obligations duties, AccessRequest request, Instant until) {
    List<PermitOpen> places =
        request.target().map(to -> List.of(place(request.kind(), to))).orElse(List.of());
    return new Decision.Permit(rule, places, duties, "", Optional.of(until));
  }

  private static PermitOpen place(RequestKind kind, Target target) {
    return target instanceof Target.Service service
        ? new PermitOpen(false, "service", service.name())
        : new PermitOpen(
            kind == RequestKind.UDP, target.wireHost(), Integer.toString(target.wirePort()));
  }
}
