package org.noports.configuration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every event sentence of this bundle. */
final class ConfigurationLog {
  private static final Logger LOG = LoggerFactory.getLogger("org.noports.configuration");

  void found(Finding finding) {
    LOG.warn("configuration-wrong: {}", finding);
  }

  void mended(String pid) {
    LOG.info("configuration-mended: {} holds nothing unknown or wrong any more", pid);
  }
}
