package org.noports.cipher.catalogue;

import org.noports.api.cipher.CipherUser;
import org.noports.api.cipher.Departure;
import org.noports.api.cipher.PresentAlgorithm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every event sentence of this bundle; the word in front is the event's stable name. */
final class CatalogueLog {
  static final String NAME = CatalogueSettings.PID;
  private static final Logger LOG = LoggerFactory.getLogger(NAME);

  private CatalogueLog() {}

  static void arrived(PresentAlgorithm what) {
    LOG.info(
        "algorithm-arrived: {} {} by {}, computed by {}",
        what.kind(),
        what.name(),
        what.bundle(),
        what.engine());
  }

  static void left(PresentAlgorithm what, boolean another) {
    LOG.info(
        "algorithm-left: {} {} by {}; {}",
        what.kind(),
        what.name(),
        what.bundle(),
        another ? "another provider takes over" : "what needs it anew fails until it is back");
  }

  static void refused(PresentAlgorithm what, String why) {
    LOG.warn(
        "algorithm-refused: {} {} by {} is not offered: {}",
        what.kind(),
        what.name(),
        what.bundle(),
        why);
  }

  static void quarantined(String why) {
    LOG.error("plugin-quarantined: {}", why);
  }

  static void unreadable(String problem, String inForce) {
    LOG.warn("catalogue-settings-unreadable: {}; {}", problem, inForce);
  }

  static void deployFolder(String problem) {
    LOG.error("deploy-folder-unsafe: {}", problem);
  }

  static void ruled(CatalogueSettings now) {
    LOG.info(
        "catalogue-rules-in-force: profile {}, ranking {}, minimum level {}, allowed {}, denied {}",
        now.profile() == Profile.NONE ? "none" : now.profile(),
        now.ranking(),
        now.minimum(),
        now.allow().isEmpty() ? "all" : now.allow(),
        now.deny().isEmpty() ? "none" : now.deny());
  }

  static void nameless(String kind, String bundle, String property) {
    LOG.warn("algorithm-ignored: a {} algorithm by {} has no property {}", kind, bundle, property);
  }

  static void left(Departure departure, CipherUser.Outcome outcome) {
    LOG.info("provider-left: {}: {}", departure, outcome);
  }

  static void notLeft(Departure departure, Throwable failure) {
    LOG.error(
        "provider-not-left: {}: not all that use it have left it: {}",
        departure,
        failure.toString());
  }
}
