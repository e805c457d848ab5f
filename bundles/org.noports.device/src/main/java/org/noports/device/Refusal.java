package org.noports.device;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.RequirementUnmet;
import org.noports.api.SessionId;
import org.noports.api.Target;
import org.noports.api.policy.PermitListen;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.Requirement;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.StreamRequest;
import org.noports.protocol.np2.Np2Refusals;

/**
 * How a story in this bundle ends without opening anything: said to a client that is known, silent
 * to strangers (docs/protocol/noports.md 2.1 and 2.6b). Does not leave the bundle.
 */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final String rule;
  // An exception's fields are expected to be serializable; this one does not leave the bundle.
  private final transient Optional<String> answer;

  private Refusal(String rule, String why, Optional<String> answer) {
    super(requireNonNull(why, "why is null"), null, false, false);
    this.rule = requireNonNull(rule, "rule is null");
    this.answer = answer;
  }

  /** The peer hears nothing: a stranger must not learn that there is a device. */
  static Refusal silent(String rule, String why) {
    return new Refusal(rule, why, Optional.empty());
  }

  /** The peer is told {@code text}. */
  static Refusal said(String rule, String text) {
    return new Refusal(rule, text, Optional.of(text));
  }

  static Refusal byPolicy(
      String rule, StreamRequest.Outgoing request, List<PermitOpen> permitOpen) {
    return said(rule, denied(request, "POLICY", permitOpen));
  }

  static Refusal byDevice(StreamRequest.Outgoing request, List<PermitOpen> permitOpen) {
    return said("device-permit-open", denied(request, "daemon", permitOpen));
  }

  private static String denied(
      StreamRequest.Outgoing request, String who, List<PermitOpen> permitOpen) {
    boolean udp = request instanceof StreamRequest.Udp;
    return (udp ? "Datagrams to " : "Connection to ")
        + wire(request.target())
        + " denied based on "
        + who
        + " --permit-open "
        + permitOpen
        + (udp ? "; for datagrams there must be an entry udp:" + wire(request.target()) : "");
  }

  static Refusal toListen(LocalAddress address, List<PermitListen> permitListen) {
    return said(
        "device-permit-listen",
        "The device does not listen at "
            + address
            + ": its permitListen names "
            + (permitListen.isEmpty() ? "nothing" : permitListen));
  }

  static Refusal notVerified(String why) {
    return said(
        "signature",
        "Signature not verified: Likely that the client atSign's public key has changed: " + why);
  }

  /** Whether the signature is genuine is not known, and may be in a moment. */
  static Refusal keyNotRead(AtSign client, String why) {
    return said(
        "key-not-read",
        Np2Refusals.AGAIN + "the key of " + client + " cannot be looked up now: " + why);
  }

  /** Its owner made new keys, or somebody stands in the middle. */
  static Refusal keyChanged(String why) {
    return said("peer-key-changed", why);
  }

  /** An offer of NP2 that was not made for what brought it. */
  static Refusal otherwise(String field, Object said, Object carried) {
    return said(
        "np2-mismatch",
        "np2 names "
            + field
            + " "
            + said
            + ", and what carried it "
            + carried
            + ": somebody has taken it from another request");
  }

  /** The session that was to go on: its connections are lost, and a new one is to be opened. */
  static Refusal gone(SessionId session, String why) {
    return said("session-gone", Np2Refusals.GONE + "session " + session + " " + why);
  }

  static Refusal nonceMissing(DeviceAddress device) {
    return said(
        "downgrade-detected",
        Np2Refusals.DOWNGRADE
            + "the request does not bring the nonce of a heartbeat of "
            + device
            + " that is younger than "
            + DeviceNonces.LIFE.toSeconds()
            + " s: somebody has taken it away, or the request is a copy");
  }

  /** It said that it signs by both kinds, or it did before. */
  static Refusal signatureMissing(AtSign client) {
    return said(
        "downgrade-detected",
        Np2Refusals.DOWNGRADE
            + "the signature by ML-DSA-65 of "
            + client
            + " is missing: somebody has taken it away, or its key file is one without such a key;"
            + " noports:keys-pq makes one there, or the device's owner can noports:pins --forget "
            + client);
  }

  /** What is required, and what each side has. */
  static Refusal unmet(Requirement unmet, String client, String device) {
    return said(
        "requirement-unmet",
        Np2Refusals.UNMET
            + unmet.words()
            + " is required of this session; "
            + client
            + "; "
            + device);
  }

  /** Our answer would travel as every client reads it. */
  static Refusal unmet(RequirementUnmet unmet) {
    return said("requirement-unmet", Np2Refusals.UNMET + unmet.getMessage());
  }

  static Refusal insecureL0() {
    return said(
        "insecure-l0",
        "This device refuses level L0 (insecure: one key for both directions): update the client to"
            + " one that asks for twinKeys, or set allowInsecureL0 = true on the device");
  }

  static Refusal unsealed() {
    return said(
        "unsealed",
        "This device refuses sessions that the relay could read: ask with encryptRvdTraffic true");
  }

  static Refusal unauthenticatedRelay() {
    return said(
        "relay-authentication",
        "This device proves itself to every relay: ask with authenticateToRvd true");
  }

  static Refusal notOpened(String why) {
    return said(
        "not-opened", "Failed to start up the daemon side of the relay socket tunnel : " + why);
  }

  static Refusal tooMany(AtSign client, int most) {
    return said(
        "sessions-per-client",
        client
            + " has "
            + most
            + " sessions with this device, and more are not allowed at once: end one, or set"
            + " maxSessionsPerClient on the device");
  }

  /** Its request might be a copy, and that could not be found out any more. */
  static Refusal tooOften(AtSign client) {
    return said(
        "requests-per-client",
        client
            + " asks for sessions faster than this device can tell requests from copies of them:"
            + " wait "
            + SeenSessions.KEPT.toSeconds()
            + " s, and let one session carry many connections");
  }

  static Refusal replayed(SessionId session) {
    return silent("replayed", "session id " + session + " was used before");
  }

  /** The policy's no, for a client that it knows; the reason is for the administrator alone. */
  static Refusal byRule(String rule, DeviceAddress device, String reason) {
    return new Refusal(
        rule,
        reason,
        Optional.of("Not permitted by rule '" + rule + "' of the policy of " + device));
  }

  /** A stream whose rule is stricter than the session's. */
  static Refusal usedUp(String rule) {
    return said(
        "obligation-max-session",
        "The session has lasted as long as rule '" + rule + "' permits: open a new one");
  }

  static Refusal unfulfilled(String rule, String duty) {
    return said(
        "obligation-" + duty,
        "Rule '"
            + rule
            + "' permits it only with the obligation '"
            + duty
            + "', which this device cannot fulfil");
  }

  static Refusal unrecorded(String rule, String why) {
    return said(
        "obligation-record",
        "Rule '"
            + rule
            + "' permits it only with the obligation 'record', which this device cannot fulfil: "
            + why);
  }

  private static String wire(Target target) {
    return target.wireHost() + ":" + target.wirePort();
  }

  String rule() {
    return rule;
  }

  /** What the peer is told, if anything. */
  Optional<String> answer() {
    return answer;
  }
}
