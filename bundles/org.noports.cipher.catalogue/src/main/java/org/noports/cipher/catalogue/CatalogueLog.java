package org.noports.cipher.catalogue;

import org.noports.api.cipher.CipherUser;
import org.noports.api.cipher.Departure;
import org.noports.api.cipher.PresentAlgorithm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every event sentence of this bundle; the word in front is the event's stable name. */
final class CatalogueLog {
  static final String NAME = "org.noports.cipher.catalogue";
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
