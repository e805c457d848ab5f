package org.noports.ssh;

import java.nio.file.Path;
import org.noports.api.stream.StreamOrigin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every event sentence of this bundle. */
final class SshLog {
  private static final Logger LOG = LoggerFactory.getLogger("org.noports.ssh");

  void serving(String fingerprint, Path file) {
    LOG.info(
        "ssh-serving: the built-in SSH server answers with host key {} from {}", fingerprint, file);
  }

  void unusable(Path hostKey, Exception cause) {
    LOG.error(
        "ssh-unusable: no SSH with host key {} until this is set right: {}",
        hostKey,
        cause.toString());
  }

  void accepted(StreamOrigin origin) {
    LOG.info(
        "ssh-accepted: {} on {}, session {}", origin.client(), origin.device(), origin.session());
  }

  void turnedAway(StreamOrigin origin, String reason) {
    LOG.warn("ssh-turned-away: {}, session {}: {}", origin.client(), origin.session(), reason);
  }
}
