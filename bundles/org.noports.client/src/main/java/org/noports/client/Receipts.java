package org.noports.client;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.SessionId;
import org.noports.api.audit.AuditEvent;
import org.noports.api.session.TunnelRequest;
import org.noports.api.tunnel.SessionEnd;
import org.noports.api.tunnel.SuiteChange;

/** Writes down what was asked and what came of it: one line in the log, one event for the audit. */
final class Receipts {
  static final String REQUESTED = "session-requested";
  static final String OPENED = "session-opened";
  static final String RESUMED = "session-resumed";
  static final String REKEYED = "session-rekeyed";
  static final String SUITE_CHANGED = "session-suite-changed";
  static final String REFUSED = "session-refused";
  static final String ENDED = "session-ended";

  private final Neighbours neighbours;
  private final Clock clock;

  Receipts(Neighbours neighbours, Clock clock) {
    this.neighbours = neighbours;
    this.clock = clock;
  }

  void requested(Attempt attempt) {
    ClientLog.requested(attempt);
    record(REQUESTED, of(attempt.id(), attempt.request()));
  }

  void opened(TunnelRequest request, Joined joined) {
    ClientLog.opened(joined);
    Map<String, String> details = of(joined.id(), request);
    carried(joined, details);
    record(OPENED, details);
  }

  /** It goes on: the whole receipt, with one more handshake in it. */
  void resumed(TunnelRequest request, Joined joined) {
    ClientLog.resumed(joined);
    Map<String, String> details = of(joined.id(), request);
    carried(joined, details);
    record(RESUMED, details);
  }

  /** It has fresh keys, perhaps under another suite or by another bundle: then all is told. */
  void changed(TunnelRequest request, Joined joined, SuiteChange change) {
    Map<String, String> details = of(joined.id(), request);
    details.put("link", Integer.toString(change.link()));
    details.put("epoch", Integer.toString(change.epoch()));
    details.put("suite", change.suite().toString());
    details.put("providers", change.providers());
    details.put("cause", change.cause());
    if (joined.end().suites().contains(change)) {
      carried(joined, details);
      record(SUITE_CHANGED, details);
    } else {
      record(REKEYED, details);
    }
  }

  private static void carried(Joined joined, Map<String, String> details) {
    details.put("level", joined.level().name());
    details.put("relay", joined.carrier().name());
    details.put("relayAddress", joined.relay().toString());
    joined.shown().ifPresent(known -> details.put("receipt", String.join("\n", known.lines())));
  }

  void refused(Attempt attempt, Throwable cause) {
    String why =
        cause instanceof CancellationException
            ? "whoever asked ended the attempt"
            : String.valueOf(cause.getMessage());
    ClientLog.refused(attempt, why);
    Map<String, String> details = of(attempt.id(), attempt.request());
    details.put(
        "rule", cause instanceof NoPortsException expected ? expected.reason() : "cancelled");
    details.put("reason", why);
    record(REFUSED, details);
  }

  void ended(ClientTunnel tunnel, Joined session, String why) {
    ClientLog.ended(session, why);
    Map<String, String> details = of(session.id(), tunnel.request());
    details.put("reason", why);
    SessionEnd.Traffic carried = session.end().traffic();
    details.put("connections", Long.toString(carried.total()));
    details.put("bytesSent", Long.toString(carried.bytesSent()));
    details.put("bytesReceived", Long.toString(carried.bytesReceived()));
    record(ENDED, details);
  }

  private static Map<String, String> of(SessionId id, TunnelRequest request) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("side", "client");
    details.put("session", id.toString());
    details.put("client", request.from().name());
    details.put("device", request.device().toString());
    details.put("target", request.target().toString());
    details.put(
        "relay", request.relays().stream().map(AtSign::name).collect(Collectors.joining(",")));
    return details;
  }

  private void record(String event, Map<String, String> details) {
    neighbours.record(new AuditEvent(clock.instant(), event, details));
  }
}
