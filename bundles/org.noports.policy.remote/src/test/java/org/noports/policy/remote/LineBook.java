package org.noports.policy.remote;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Obligations;
import org.noports.api.policy.PastDecision;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.RuleBook;
import org.noports.api.policy.RuleBooks;
import org.noports.protocol.policy.PolicySnapshot;

/** A book that permits the clients on its line, and nothing else that books do. */
record LineBook(String name, String text) implements RuleBook {
  /** Reads such books; one that holds a question mark cannot be read. */
  static final RuleBooks READER =
      new RuleBooks() {
        @Override
        public Optional<RuleBook> inForce() {
          return Optional.empty();
        }

        @Override
        public RuleBook read(String name, String text) throws ConfigurationInvalid {
          if (text.contains("?")) {
            throw new ConfigurationInvalid(name + ":1: a question is no rule");
          }
          return new LineBook(name, text);
        }
      };

  @Override
  public String revision() {
    return PolicySnapshot.revisionOf(text);
  }

  @Override
  public Decision decide(AccessRequest request) {
    return text.contains(request.client().name())
        ? new Decision.Permit(
            "line",
            PermitOpen.listOf("localhost:22"),
            Obligations.NONE,
            revision(),
            Optional.empty())
        : new Decision.Abstain("default-deny", "not on the line", revision());
  }

  @Override
  public ZoneId zone() {
    return ZoneOffset.UTC;
  }

  @Override
  public int rules() {
    return 1;
  }

  @Override
  public int tests() {
    return 0;
  }

  @Override
  public List<String> failures() {
    return List.of();
  }

  @Override
  public Explanation explain(AccessRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Accesses whoCan(AccessRequest like) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Accesses whatCan(AtSign client, Duration within) {
    return whatCan(client);
  }

  @Override
  public Accesses whatCan(AtSign client) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Comparison compare(RuleBook next) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Replayed replay(Iterator<PastDecision> log) {
    throw new UnsupportedOperationException();
  }
}
