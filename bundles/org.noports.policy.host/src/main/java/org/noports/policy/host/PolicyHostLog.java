package org.noports.policy.host;

import java.time.Duration;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every sentence that a policy service logs. */
final class PolicyHostLog {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyHost.PID);

  private PolicyHostLog() {}

  static void configured(HostSettings settings) {
    LOG.info("policy-service: {} decides for {}", settings.atSign(), settings.served());
  }

  static void unreadable(String problem) {
    LOG.error("policy-service-configuration-unreadable: {}", problem);
  }

  static void listening(AtSign self) {
    LOG.info("policy-service-listening: {} hears devices", self);
  }

  static void notListening(AtSign self, String why, Duration retry) {
    LOG.warn(
        "policy-service-not-listening: {} cannot hear devices: {}; next try in {} s",
        self,
        why,
        retry.toSeconds());
  }

  static void stranger(AtSign from) {
    LOG.debug("policy-stranger: {} is none of 'devices' and hears nothing", from);
  }

  static void refused(AtSign from, String why) {
    LOG.warn("policy-question-refused: {} asked what is not answered: {}", from, why);
  }

  static void answered(DeviceAddress device, AtSign client, String word, String rule) {
    LOG.info("policy-answered: {} for {}: {} by rule {}", device, client, word, rule);
  }

  static void placesLeftAway(DeviceAddress device, AtSign client, int kept) {
    LOG.warn(
        "policy-places-left-away: {} is told {} places of those that rules name for {}: finding all"
            + " takes longer than decideSeconds, or they are more than {}",
        device,
        kept,
        client,
        AskForOthers.MOST_PLACES);
  }

  static void leftToOthers(AtSign from, long id) {
    LOG.debug("policy-left: question {} of {} is answered by another policy service", id, from);
  }

  static void busy(AtSign from) {
    LOG.warn("policy-busy: a question of {} was dropped: too many wait already", from);
  }

  static void quarantined(String why) {
    LOG.error("policy-evaluator-quarantined: {}", why);
  }

  static void notSent(AtSign to, Throwable why) {
    LOG.warn("policy-not-sent: {} could not be told: {}", to, why.getMessage());
  }

  static void pushed(DeviceAddress device, String revision) {
    LOG.info("policy-snapshot-sent: {} is sent revision {}", device, revision);
  }
}
