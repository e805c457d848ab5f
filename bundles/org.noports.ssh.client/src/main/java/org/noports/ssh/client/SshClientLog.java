package org.noports.ssh.client;

import org.noports.api.session.SessionFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every event sentence of this bundle. */
final class SshClientLog {
  private static final Logger LOG = LoggerFactory.getLogger("org.noports.ssh.client");

  void opened(SessionFacts facts) {
    LOG.info(
        "proxy-opened: {} to {} of {}, session {}",
        facts.client(),
        facts.target(),
        facts.device(),
        facts.id());
  }

  void agreed(SessionFacts facts, String exchange) {
    LOG.info(
        "ssh-key-exchange: {} with {} of {}, inside session {}",
        exchange,
        facts.target(),
        facts.device(),
        facts.id());
  }

  void brokenBehind(SessionFacts facts, Exception cause) {
    LOG.info(
        "proxy-broken-behind: {} of {}, session {}, after the caller had ended its input: {}",
        facts.target(),
        facts.device(),
        facts.id(),
        cause.getMessage());
  }

  void closed(SessionFacts facts) {
    LOG.info("proxy-closed: {} of {}, session {}", facts.target(), facts.device(), facts.id());
  }
}
