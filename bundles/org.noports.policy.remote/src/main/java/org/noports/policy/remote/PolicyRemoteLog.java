package org.noports.policy.remote;

import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every sentence that is logged about asking a policy service. */
final class PolicyRemoteLog {
  private static final Logger LOG = LoggerFactory.getLogger(RemotePolicy.PID);

  private PolicyRemoteLog() {}

  static void configured(RemoteSettings settings) {
    LOG.info("policy-remote: {} is asked about clients", settings.policy());
  }

  static void unreadable(String problem) {
    LOG.error("policy-remote-configuration-unreadable: {}", problem);
  }

  static void gone(AtSign policy, String why) {
    LOG.warn("policy-service-gone: {} does not answer: {}", policy, why);
  }

  static void back(AtSign policy) {
    LOG.info("policy-service-back: {} answers again", policy);
  }

  static void unreadableAnswer(AtSign policy, String why) {
    LOG.warn("policy-answer-unreadable: what {} answered is no answer: {}", policy, why);
  }

  static void unreadablePlace(AtSign policy, String place) {
    LOG.warn("policy-place-unreadable: {} permits '{}', which is no place", policy, place);
  }

  static void taken(DeviceAddress device, AtSign policy, String revision) {
    LOG.info("policy-snapshot-taken: {} has revision {} of {}", device, revision, policy);
  }

  static void refused(DeviceAddress device, AtSign from, String why) {
    LOG.warn("policy-snapshot-refused: {} does not take what {} sent: {}", device, from, why);
  }

  static void notTold(AtSign policy, Throwable why) {
    LOG.debug("policy-heartbeat-not-sent: {} could not be told: {}", policy, why.getMessage());
  }
}
