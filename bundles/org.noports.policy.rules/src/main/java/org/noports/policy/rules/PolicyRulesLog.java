package org.noports.policy.rules;

import org.noports.api.ConfigurationInvalid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every sentence that the rules log. */
final class PolicyRulesLog {
  private static final Logger LOG = LoggerFactory.getLogger(RulesPolicy.PID);

  private PolicyRulesLog() {}

  static void ruling(Rules rules) {
    LOG.info(
        "policy-rules-in-force: managers {} may open {}", rules.managers(), rules.permitOpen());
  }

  static void unreadable(ConfigurationInvalid problem, Rules kept) {
    LOG.error(
        "policy-rules-unreadable: {}; still in force: managers {} may open {}",
        problem.getMessage(),
        kept.managers(),
        kept.permitOpen());
  }
}
