package org.noports.device;

import java.time.Duration;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.policy.RequestKind;
import org.noports.api.tunnel.StreamRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every sentence that devices log; values of messages never appear in one. */
final class DeviceLog {
  private static final Logger LOG = LoggerFactory.getLogger("org.noports.device");

  private DeviceLog() {}

  static void listening(DeviceAddress device) {
    LOG.info("device-listening: {} hears its clients", device);
  }

  static void notListening(DeviceAddress device, String why, Duration retry) {
    LOG.warn(
        "device-not-listening: {} cannot hear its clients: {}; next try in {} s",
        device,
        why,
        retry.toSeconds());
  }

  static void unreadable(String problem) {
    LOG.error("device-configuration-unreadable: {}", problem);
  }

  static void announced(DeviceAddress device, AtSign manager) {
    LOG.debug("device-announced: {} told {} that it is there", device, manager);
  }

  static void notAnnounced(DeviceAddress device, AtSign manager, Throwable why) {
    LOG.warn(
        "device-not-announced: {} could not tell {} that it is there: {}",
        device,
        manager,
        why.getMessage());
  }

  static void notTicking(DeviceAddress device, RuntimeException bug) {
    LOG.error("device-not-announced: {} could not tell its managers", device, bug);
  }

  static void notPublished(DeviceAddress device, Throwable why) {
    LOG.warn(
        "device-key-not-published: relays cannot verify {} by challenge: {}",
        device,
        why.getMessage());
  }

  static void requested(Asked asked) {
    LOG.info(
        "session-requested: {} asks {} for {} as session {}",
        asked.client(),
        asked.device().address(),
        asked.target(),
        asked.request().sessionId());
  }

  static void untold(Asked asked) {
    LOG.info(
        "session-not-observed: the relay of {} does not tell where {} is",
        asked.request().sessionId(),
        asked.client());
  }

  static void unverifiable(Asked asked, Throwable why) {
    LOG.warn(
        "session-not-observed: what the relay of {} says of where {} is cannot be verified: {}",
        asked.request().sessionId(),
        asked.client(),
        why.getMessage());
  }

  static void opened(DeviceSession session) {
    LOG.info("session-opened: {} by rule {}", session.id(), session.facts().rule().orElse("-"));
  }

  static void linkLost(DeviceSession session, String why) {
    LOG.info("session-link-lost: {} waits for its client to resume it: {}", session.id(), why);
  }

  static void resumed(DeviceSession session) {
    LOG.info("session-resumed: {} at {}", session.id(), session.facts().relayAddress());
  }

  static void refused(Asked asked, Refusal refusal) {
    LOG.info(
        "session-refused: {} of {} by rule {}: {}",
        asked.request().sessionId(),
        asked.client(),
        refusal.rule(),
        refusal.getMessage());
  }

  static void admitted(Asked asked, StreamRequest stream, String rule) {
    LOG.info(
        "stream-admitted: {} in session {} by rule {}", stream, asked.request().sessionId(), rule);
  }

  static void refused(Asked asked, StreamRequest stream, Refusal refusal) {
    LOG.info(
        "stream-refused: {} of {} in session {} by rule {}: {}",
        stream,
        asked.client(),
        asked.request().sessionId(),
        refusal.rule(),
        refusal.getMessage());
  }

  static void refused(
      DeviceSettings device, AtSign client, RequestKind kind, String rule, String why) {
    LOG.info(
        "request-refused: {} of {} to {} by rule {}: {}",
        kind,
        client,
        device.address(),
        rule,
        why);
  }

  static void accessRefused(DeviceSettings device, AtSign client, String rule, String why) {
    LOG.info(
        "request-refused: access for {} to {} by rule {}: {}", client, device.address(), rule, why);
  }

  static void unheard(DeviceSettings device, AtSign client) {
    LOG.debug("access-unheard: {} may not ask for access to {}", client, device.address());
  }

  static void ended(DeviceSession session, String why) {
    LOG.info("session-ended: {}: {}", session.id(), why);
  }

  static void quarantined(String why) {
    LOG.error("policy-evaluator-quarantined: {}", why);
  }

  static void unanswered(DeviceSettings device, AtSign client, Throwable why) {
    LOG.warn(
        "answer-not-sent: {} could not answer {}: {}", device.address(), client, why.getMessage());
  }

  static void unknownMessage(DeviceSettings device, AtSign from, String message) {
    LOG.debug("message-unknown: {} to {}: {}", from, device.address(), message);
  }

  static void nameTaken(DeviceAddress device, String place) {
    LOG.warn(
        "device-name-taken: {} runs already as {}; this one answers nobody until that one has gone."
            + " Give one of the two another 'name'",
        device,
        place);
  }

  static void nameFree(DeviceAddress device, String place) {
    LOG.info("device-name-free: {} is ours now: {} has gone", device, place);
  }

  static void nameContested(DeviceAddress device, String place) {
    LOG.warn(
        "device-name-contested: {} was started a second time, as {}; that one rests. Give one of"
            + " the two another 'name'",
        device,
        place);
  }

  static void notClaimed(DeviceAddress device, Throwable why) {
    LOG.warn(
        "device-name-not-claimed: whether {} runs elsewhere, too, cannot be found out now: {}",
        device,
        why.getMessage());
  }

  static void ownManager(DeviceAddress device, String sentence) {
    LOG.warn("device-manages-itself: {}: {}", device, sentence);
  }

  static void broken(DeviceSettings device, AtSign from, RuntimeException bug) {
    LOG.error("message-failed: a message of {} to {} failed", from, device.address(), bug);
  }
}
