package org.noports.proxy;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every sentence that this bundle logs. */
final class ProxyLog {
  private static final Logger LOG = LoggerFactory.getLogger("org.noports.proxy");

  private ProxyLog() {}

  static void inForce(String sentence) {
    LOG.info("proxy-in-force: {}", sentence);
  }

  static void unusable(String why) {
    LOG.error("proxy-setting-unusable: {}", why);
  }
}
