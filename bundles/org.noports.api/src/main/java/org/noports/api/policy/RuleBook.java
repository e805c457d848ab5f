package org.noports.api.policy;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.noports.api.AtSign;
import org.osgi.annotation.versioning.ProviderType;

/** A book of rules that was read. Answers are computed at once; may be asked by several threads. */
@ProviderType
public interface RuleBook {
  /** What messages call it. */
  String name();

  /** The SHA-256 of its text, in hexadecimal: what audits name. */
  String revision();

  /** As it was written; empty if it is made of configuration alone. */
  String text();

  /** In which {@code now} is told, if a rule does not say otherwise. */
  ZoneId zone();

  /** How many rules it has. */
  int rules();

  /** How many tests it has. */
  int tests();

  /** One sentence, with the line in front, for each of its tests that it answers otherwise. */
  List<String> failures();

  /** What it answers. */
  Decision decide(AccessRequest request);

  /** The same answer, by the same run, and how it came about. */
  Explanation explain(AccessRequest request);

  /** Everybody who may do what {@code like} asks for, in whose client's place each is put. */
  Accesses whoCan(AccessRequest like);

  /** Everything that {@code client} may do. */
  Accesses whatCan(AtSign client);

  /** As much of that as is found {@code within} that time, and whether it is all. */
  Accesses whatCan(AtSign client, Duration within);

  /** Which accesses change when {@code next}, read by the same {@link RuleBooks}, takes over. */
  Comparison compare(RuleBook next);

  /** What it would have decided otherwise of what was decided before; read one by one. */
  Replayed replay(Iterator<PastDecision> log);

  /**
   * One rule and what became of it.
   *
   * @param rule its name
   * @param line where it is written; 0 for one that stands in a configuration
   * @param effect {@code permit} or {@code forbid}
   * @param truth {@code true}, {@code false}, {@code unknown} or {@code pending}
   * @param because the first part that did not hold, as in {@code when}; empty if all did
   * @param steps each part of its condition with its value
   */
  record Considered(
      String rule, int line, String effect, String truth, String because, List<String> steps) {
    public Considered {
      requireNonNull(rule, "rule is null");
      requireNonNull(effect, "effect is null");
      requireNonNull(truth, "truth is null");
      requireNonNull(because, "because is null");
      steps = List.copyOf(steps);
    }
  }

  /**
   * A decision and how it came about.
   *
   * @param decision the decision
   * @param considered each rule that may be about the request, in the order of their names
   * @param others how many rules name another client, device or place
   */
  record Explanation(Decision decision, List<Considered> considered, int others) {
    public Explanation {
      requireNonNull(decision, "decision is null");
      considered = List.copyOf(considered);
    }
  }

  /**
   * What somebody may do.
   *
   * @param sample a request that stands for all of its kind
   * @param decision permit; later, if a condition decides
   */
  record Access(AccessRequest sample, Decision decision) {
    public Access {
      requireNonNull(sample, "sample is null");
      requireNonNull(decision, "decision is null");
    }
  }

  /**
   * All that may be done.
   *
   * @param accesses none, if nothing may
   * @param complete whether every kind of request was asked for
   */
  record Accesses(List<Access> accesses, boolean complete) {
    public Accesses {
      accesses = List.copyOf(accesses);
    }
  }

  /**
   * A request that is answered otherwise.
   *
   * @param sample a request that stands for all of its kind
   * @param before the old answer; later, if a condition decides
   * @param after the new one
   */
  record Difference(AccessRequest sample, Decision before, Decision after) {
    public Difference {
      requireNonNull(sample, "sample is null");
      requireNonNull(before, "before is null");
      requireNonNull(after, "after is null");
    }
  }

  /**
   * All that changes.
   *
   * @param differences none, if both answer alike
   * @param complete whether every kind of request was asked for
   */
  record Comparison(List<Difference> differences, boolean complete) {
    public Comparison {
      differences = List.copyOf(differences);
    }
  }

  /**
   * A past that was decided on again.
   *
   * @param asked how many decisions
   * @param differing how many would be others
   * @param differences the first 10,000 of those, in the log's order
   * @param counts how many of each kind, as in {@code PERMIT to DENY}
   */
  record Replayed(
      long asked, long differing, List<Difference> differences, Map<String, Long> counts) {
    public Replayed {
      differences = List.copyOf(differences);
      counts = Map.copyOf(counts);
    }
  }
}
