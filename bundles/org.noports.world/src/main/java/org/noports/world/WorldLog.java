package org.noports.world;

import java.time.Duration;
import org.noports.api.world.WorldCertificates.CertificateLife;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every event sentence of this bundle. */
final class WorldLog {
  private static final Logger LOG = LoggerFactory.getLogger("org.noports.world");

  void demoPart(String part, Duration took) {
    LOG.info("demo-part: {} after {} ms", part, took.toMillis());
  }

  void demoFailed(Throwable cause) {
    LOG.error("demo-failed: {}", cause.getMessage());
  }

  static void certificateRenewed(CertificateLife life) {
    LOG.info("certificate-renewed: {} now ends at {}", life.file(), life.ends());
  }

  static void renewalFailed(String why) {
    LOG.warn("certificate-renewal-failed: {}", why);
  }
}
