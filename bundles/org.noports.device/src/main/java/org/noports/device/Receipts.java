package org.noports.device;

import java.net.InetAddress;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.noports.api.AtSign;
import org.noports.api.audit.AuditEvent;
import org.noports.api.policy.Observed;
import org.noports.api.policy.RequestKind;
import org.noports.api.tunnel.SessionEnd;
import org.noports.api.tunnel.StreamRequest;
import org.noports.api.tunnel.SuiteChange;

/** Writes down what was asked, decided and done: one line in the log, one event for the audit. */
final class Receipts {
  static final String REQUESTED = "session-requested";
  static final String OPENED = "session-opened";
  static final String OBSERVED = "client-observed";
  static final String RESUMED = "session-resumed";
  static final String REKEYED = "session-rekeyed";
  static final String SUITE_CHANGED = "session-suite-changed";
  static final String REFUSED = "session-refused";
  static final String ENDED = "session-ended";
  static final String STREAM_ADMITTED = "stream-admitted";
  static final String STREAM_REFUSED = "stream-refused";
  static final String OTHER_REFUSED = "request-refused";
  static final String PUBLIC_KEY_KEPT = "public-key-kept";

  private final Neighbours neighbours;
  private final Clock clock;

  Receipts(Neighbours neighbours, Clock clock) {
    this.neighbours = neighbours;
    this.clock = clock;
  }

  void requested(Asked asked) {
    DeviceLog.requested(asked);
    record(REQUESTED, of(asked));
  }

  void opened(DeviceSession session) {
    DeviceLog.opened(session);
    Map<String, String> details = of(session.asked());
    details.put("level", session.facts().level().name());
    details.put("relay", session.facts().relayAddress());
    session.facts().rule().ifPresent(rule -> details.put("rule", rule));
    receipt(session, details);
    record(OPENED, details);
  }

  /** Where the client of one more link is, by its relay's word. */
  void observed(Asked asked, Observed seen) {
    Map<String, String> details = of(asked);
    asked.request().relayAtSign().ifPresent(relay -> details.put("relay", relay.name()));
    details.put("address", seen.address().map(InetAddress::getHostAddress).orElse(""));
    record(OBSERVED, details);
  }

  /** It goes on: the whole receipt, with one more handshake in it. */
  void resumed(DeviceSession session) {
    DeviceLog.resumed(session);
    Map<String, String> details = of(session.asked());
    details.put("level", session.facts().level().name());
    details.put("relay", session.facts().relayAddress());
    receipt(session, details);
    record(RESUMED, details);
  }

  /** It has fresh keys, perhaps under another suite or by another bundle: then all is told. */
  void changed(DeviceSession session, SuiteChange change) {
    Map<String, String> details = of(session.asked());
    details.put("link", Integer.toString(change.link()));
    details.put("epoch", Integer.toString(change.epoch()));
    details.put("suite", change.suite().toString());
    details.put("providers", change.providers());
    details.put("cause", change.cause());
    if (session.end().suites().contains(change)) {
      receipt(session, details);
      record(SUITE_CHANGED, details);
    } else {
      record(REKEYED, details);
    }
  }

  private static void receipt(DeviceSession session, Map<String, String> details) {
    session.receipt().ifPresent(known -> details.put("receipt", String.join("\n", known.lines())));
  }

  void refused(Asked asked, Refusal refusal) {
    DeviceLog.refused(asked, refusal);
    Map<String, String> details = of(asked);
    details.put("rule", refusal.rule());
    details.put("reason", refusal.getMessage());
    details.put("answered", Boolean.toString(refusal.answer().isPresent()));
    record(REFUSED, details);
  }

  void ended(DeviceSession session, String why) {
    DeviceLog.ended(session, why);
    Map<String, String> details = of(session.asked());
    details.put("reason", why);
    SessionEnd.Traffic carried = session.end().traffic();
    details.put("connections", Long.toString(carried.total()));
    details.put("bytesSent", Long.toString(carried.bytesSent()));
    details.put("bytesReceived", Long.toString(carried.bytesReceived()));
    record(ENDED, details);
  }

  /** A stream of a session; those to the session's own target are counted when it ends. */
  void admitted(Asked asked, StreamRequest request, String rule) {
    if (request.equals(new StreamRequest.Connect(asked.target()))) {
      return;
    }
    DeviceLog.admitted(asked, request, rule);
    Map<String, String> details = of(asked, request);
    details.put("rule", rule);
    record(STREAM_ADMITTED, details);
  }

  void refused(Asked asked, StreamRequest request, Refusal refusal) {
    DeviceLog.refused(asked, request, refusal);
    Map<String, String> details = of(asked, request);
    details.put("rule", refusal.rule());
    details.put("reason", refusal.getMessage());
    record(STREAM_REFUSED, details);
  }

  private static Map<String, String> of(Asked asked, StreamRequest request) {
    Map<String, String> details = of(asked);
    details.put("stream", request.toString());
    return details;
  }

  /** A client's key stands in authorized_keys. */
  void publicKey(DeviceSettings device, AtSign client, boolean added) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("side", "device");
    details.put("client", client.name());
    details.put("device", device.address().toString());
    details.put("added", Boolean.toString(added));
    record(PUBLIC_KEY_KEPT, details);
  }

  /** Any other request that was refused, or one that could not be read. */
  void refused(DeviceSettings device, AtSign client, RequestKind kind, String rule, String why) {
    DeviceLog.refused(device, client, kind, rule, why);
    record(OTHER_REFUSED, other(device, client, kind.name(), rule, why));
  }

  private static Map<String, String> other(
      DeviceSettings device, AtSign client, String kind, String rule, String why) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("side", "device");
    details.put("client", client.name());
    details.put("device", device.address().toString());
    details.put("kind", kind);
    details.put("rule", rule);
    details.put("reason", why);
    return details;
  }

  /** A request for access that nobody can be shown. */
  void accessRefused(DeviceSettings device, AtSign client, String rule, String why) {
    DeviceLog.accessRefused(device, client, rule, why);
    record(OTHER_REFUSED, other(device, client, "ACCESS", rule, why));
  }

  private static Map<String, String> of(Asked asked) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("side", "device");
    details.put("session", asked.request().sessionId().toString());
    details.put("client", asked.client().name());
    details.put("device", asked.device().address().toString());
    details.put("target", asked.target().toString());
    return details;
  }

  private void record(String event, Map<String, String> details) {
    neighbours.record(new AuditEvent(clock.instant(), event, details));
  }
}
