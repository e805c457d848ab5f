package org.noports.policy.rules;

import java.nio.file.Path;
import java.util.Optional;
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

  static void activated(OpenedBook book) {
    LOG.info(
        "policy-book-in-force: {} with {} rules and {} tests, revision {}",
        book.name(),
        book.rules(),
        book.tests(),
        book.revision());
  }

  static void countries(Path file, String what) {
    LOG.info("policy-countries-in-force: {}, {}", file, what);
  }

  static void countriesUnreadable(String why, boolean kept) {
    LOG.error(
        "policy-countries-unreadable: {}; {}",
        why,
        kept ? "those that were read before stay in force" : "no country is known");
  }

  static void listenerFailed(Throwable thrown) {
    LOG.error(
        "policy-change-not-heard: somebody who was told that rules have changed threw; all others"
            + " were told",
        thrown);
  }

  static void bookRefused(String why, Optional<RulesInForce> kept) {
    LOG.error(
        "policy-book-refused: {}; {}",
        why,
        kept.map(before -> "still in force: " + before.words())
            .orElse("everybody is denied until a book can be read"));
  }
}
