package org.noports.api.policy;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The answer to an {@link AccessRequest}. */
public sealed interface Decision {
  /** The rule that decided, as an administrator would look it up. */
  String rule();

  /** Which version of the rules decided, as in an audit; empty text if they have none. */
  String revision();

  /**
   * Yes, to where {@code permitOpen} allows, and the device's own list allows as well.
   *
   * @param rule the rule that decided
   * @param permitOpen where the client may go; empty for nowhere
   * @param obligations what the session has to be and do for it, beside what the device requires
   * @param revision which version of the rules
   * @param until when to ask again at the latest, because the answer may be another then; whoever
   *     enforces it asks again too if its clock goes back
   */
  record Permit(
      String rule,
      List<PermitOpen> permitOpen,
      Obligations obligations,
      String revision,
      Optional<Instant> until)
      implements Decision {
    public Permit {
      requireNonNull(rule, "rule is null");
      permitOpen = List.copyOf(permitOpen);
      requireNonNull(obligations, "obligations is null");
      requireNonNull(revision, "revision is null");
      requireNonNull(until, "until is null");
    }

    /** Until somebody says otherwise. */
    public Permit(String rule, List<PermitOpen> permitOpen, Requirement require) {
      this(
          rule,
          permitOpen,
          new Obligations(require, Optional.empty(), false),
          "",
          Optional.empty());
    }

    /** Of sessions of any kind. */
    public Permit(String rule, List<PermitOpen> permitOpen) {
      this(rule, permitOpen, Requirement.NONE);
    }

    /** The same, to be asked for again at {@code end} at the latest. */
    public Permit atMostUntil(Instant end) {
      return new Permit(
          rule,
          permitOpen,
          obligations,
          revision,
          until.filter(end::isAfter).or(() -> Optional.of(end)));
    }

    /** What the session has to be against quantum computers. */
    public Requirement require() {
      return obligations.require();
    }
  }

  /**
   * No, whoever else permits it.
   *
   * @param rule the rule that decided
   * @param reason one sentence for the administrator's log, not for the client
   * @param revision which version of the rules
   * @param undecided whether nobody could say, so that the no is none of the rules': what is asked
   *     for is refused all the same, and what runs already may stay for a short while
   */
  record Deny(String rule, String reason, String revision, boolean undecided) implements Decision {
    public Deny {
      requireNonNull(rule, "rule is null");
      requireNonNull(reason, "reason is null");
      requireNonNull(revision, "revision is null");
    }

    /** By rules. */
    public Deny(String rule, String reason, String revision) {
      this(rule, reason, revision, false);
    }

    /** By rules without versions. */
    public Deny(String rule, String reason) {
      this(rule, reason, "");
    }

    /**
     * Nobody could say: who decides was not there, failed, or was silent.
     *
     * @param rule what stands in a rule's place
     */
    public static Deny undecided(String rule, String reason) {
      return new Deny(rule, reason, "", true);
    }
  }

  /**
   * Nothing here permits it, and nothing forbids it: no, unless another evaluator permits.
   *
   * @param rule what an administrator looks up, as in {@code default-deny}
   * @param reason one sentence for the administrator's log, not for the client
   * @param revision which version of the rules
   */
  record Abstain(String rule, String reason, String revision) implements Decision {
    public Abstain {
      requireNonNull(rule, "rule is null");
      requireNonNull(reason, "reason is null");
      requireNonNull(revision, "revision is null");
    }

    /** By rules without versions. */
    public Abstain(String rule, String reason) {
      this(rule, reason, "");
    }
  }

  /**
   * It depends on what the relay saw of the client ({@link Observed#pending}): the links may be
   * made, nothing is opened through them, and the same question is asked again when both stand. A
   * question with nothing pending is never answered so; whoever gets it nevertheless denies.
   *
   * @param rule the rule that waits
   * @param reason one sentence for the administrator's log
   * @param revision which version of the rules
   */
  record Later(String rule, String reason, String revision) implements Decision {
    public Later {
      requireNonNull(rule, "rule is null");
      requireNonNull(reason, "reason is null");
      requireNonNull(revision, "revision is null");
    }
  }
}
