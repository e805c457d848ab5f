package org.noports.api.policy;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** The answer to an {@link AccessRequest}. */
public sealed interface Decision {
  /** The rule that decided, as an administrator would look it up. */
  String rule();

  /**
   * The client is known. What it may reach is what {@code permitOpen} allows, and the device's own
   * list allows as well.
   *
   * @param rule the rule that decided
   * @param permitOpen where the client may go; empty for nowhere
   * @param require what the session has to be for it, beside what the device itself requires
   */
  record Permit(String rule, List<PermitOpen> permitOpen, Requirement require) implements Decision {
    public Permit {
      requireNonNull(rule, "rule is null");
      permitOpen = List.copyOf(permitOpen);
      requireNonNull(require, "require is null");
    }

    /** Of sessions of any kind. */
    public Permit(String rule, List<PermitOpen> permitOpen) {
      this(rule, permitOpen, Requirement.NONE);
    }
  }

  /**
   * No.
   *
   * @param rule the rule that decided
   * @param reason one sentence for the administrator's log, not for the client
   */
  record Deny(String rule, String reason) implements Decision {
    public Deny {
      requireNonNull(rule, "rule is null");
      requireNonNull(reason, "reason is null");
    }
  }
}
