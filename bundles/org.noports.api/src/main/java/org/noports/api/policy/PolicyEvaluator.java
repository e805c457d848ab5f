package org.noports.api.policy;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides. A plug-in: register it with the property {@link #NAME}; of several, the one with the
 * highest service ranking is asked.
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
}
