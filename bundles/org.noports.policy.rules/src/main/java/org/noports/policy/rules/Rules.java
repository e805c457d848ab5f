package org.noports.policy.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Obligations;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.Requirement;

/**
 * The rules as configured: who manages, and where managers may go. What is decided here is narrowed
 * further by the device's own list.
 *
 * @param managers who is permitted
 * @param permitOpen where to
 * @param require what their sessions have to be against quantum computers
 */
record Rules(Set<AtSign> managers, List<PermitOpen> permitOpen, Requirement require) {
  /** Nobody, nowhere: what stands when the configuration cannot be read. */
  static final Rules DENY_ALL = new Rules(Set.of(), List.of(), Requirement.NONE);

  static final String MANAGERS = "managers";
  static final String DEFAULT_DENY = "default-deny";

  Rules {
    managers = Set.copyOf(managers);
    permitOpen = List.copyOf(permitOpen);
  }

  /** Reads the configuration; the error names the key and what would do. */
  static Rules of(String managers, String permitOpen, String require) throws ConfigurationInvalid {
    try {
      Set<AtSign> known = new TreeSet<>();
      Arrays.stream(managers.split(","))
          .filter(s -> !s.isBlank())
          .map(AtSign::of)
          .forEach(known::add);
      return new Rules(known, PermitOpen.listOf(permitOpen), Requirement.of(require));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationInvalid(
          "org.noports.policy.rules: managers = "
              + managers
              + ", permitOpen = "
              + permitOpen
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /**
   * @param revision of the book beside it, by which both are looked up later
   */
  Decision decide(AccessRequest request, String revision) {
    if (managers.contains(request.client())) {
      return new Decision.Permit(
          MANAGERS,
          permitOpen,
          new Obligations(require, Optional.empty(), false),
          revision,
          Optional.empty());
    }
    return new Decision.Abstain(
        DEFAULT_DENY,
        request.client() + " is not one of the managers of " + request.device(),
        revision);
  }
}
