package org.noports.api.policy;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.Subscription;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides. A plug-in: register it with the property {@link #NAME}. All that are there are asked
 * each time, and {@link CombineDecisions} makes one answer of theirs: a no of any is a no, and one
 * yes at least is needed. One that knows nothing of a request answers {@link Decision.Abstain}.
 *
 * <p>When an evaluator comes, goes, or says that it has changed, all sessions that run are asked
 * for again, and those end that are not permitted any more.
 *
 * <p>A third party's runs on threads of its own, and has five seconds for each decision ({@link
 * org.noports.api.policy.fence.Limits#USUAL}); whatever goes wrong in it denies, and one that goes
 * on so denies everybody until its bundle is updated or uninstalled.
 */
@ConsumerType
public interface PolicyEvaluator {
  /** Service property: the evaluator's name, which logs and receipts show. */
  String NAME = "noports.policy.evaluator";

  /**
   * Decides on {@code request}. A stage that fails, or does not complete within the device's limit,
   * is a refusal. May be called by several threads; must not block.
   */
  CompletionStage<Decision> decide(AccessRequest request);

  /**
   * The clients that this evaluator knows by name without being asked: a device tells them that it
   * is there (noports.md 2.3). Empty for an evaluator that decides case by case.
   */
  default List<AtSign> known() {
    return List.of();
  }

  /**
   * Whether {@code client} is no stranger: a device may tell it why it is refused. Must not block.
   */
  default boolean knows(AtSign client) {
    return known().contains(client);
  }

  /**
   * Calls {@code changed} whenever answers may have become others, for a reason that is no time
   * told with {@link Decision.Permit#until}: other rules, a permission withdrawn. On any thread,
   * and quick. An evaluator that never changes but by being replaced needs not do anything.
   */
  default Subscription onChange(Runnable changed) {
    return () -> {};
  }
}
