package org.noports.atserver.host.enrollment;

import java.util.EnumSet;
import java.util.Set;
import org.noports.protocol.verb.Enroll.Operation;

/** What may be decided about an enrollment, in which states, and what becomes of it. */
enum Decision {
  APPROVE("approve", EnrollmentState.APPROVED, EnumSet.of(EnrollmentState.PENDING)),
  DENY("deny", EnrollmentState.DENIED, EnumSet.of(EnrollmentState.PENDING)),
  REVOKE("revoke", EnrollmentState.REVOKED, EnumSet.of(EnrollmentState.APPROVED)),
  UNREVOKE("un-revoke", EnrollmentState.APPROVED, EnumSet.of(EnrollmentState.REVOKED)),
  DELETE(
      "delete",
      EnrollmentState.DELETED,
      EnumSet.of(EnrollmentState.DENIED, EnrollmentState.REVOKED));

  private final String verb;
  private final EnrollmentState after;
  private final Set<EnrollmentState> from;

  Decision(String verb, EnrollmentState after, Set<EnrollmentState> from) {
    this.verb = verb;
    this.after = after;
    this.from = from;
  }

  static Decision of(Operation operation) {
    return switch (operation) {
      case APPROVE -> APPROVE;
      case DENY -> DENY;
      case REVOKE -> REVOKE;
      case UNREVOKE -> UNREVOKE;
      case DELETE -> DELETE;
      default -> throw new IllegalArgumentException(operation + " is no decision");
    };
  }

  EnrollmentState after() {
    return after;
  }

  /** Refuses by whom it may not be decided, and in a state in which there is nothing to decide. */
  void check(Enrollment before, Access by) {
    if (!from.contains(before.state())) {
      throw failed(
          before,
          "Cannot "
              + verb
              + " a "
              + before.state().wire()
              + " enrollment. Only "
              + states()
              + " enrollments can be "
              + participle());
    }
    boolean own = by.enrollmentId().filter(before.id()::equals).isPresent();
    boolean allowed =
        by.decidesEnrollments()
            && before.namespaces().entrySet().stream()
                .allMatch(asked -> by.covers(asked.getKey(), asked.getValue()));
    // Whoever holds keys may give them up.
    if (!allowed && !(own && this == REVOKE)) {
      throw failed(before, "Client is not authorized for namespaces in the enrollment request");
    }
  }

  private RuntimeException failed(Enrollment enrollment, String why) {
    return RequestForm.refused(
        "Failed to " + verb + " enrollment id: " + enrollment.id() + ". " + why);
  }

  private String states() {
    return String.join(" or ", from.stream().map(EnrollmentState::wire).sorted().toList());
  }

  private String participle() {
    return switch (this) {
      case APPROVE -> "approved";
      case DENY -> "denied";
      case REVOKE -> "revoked";
      case UNREVOKE -> "un-revoked";
      case DELETE -> "deleted";
    };
  }
}
