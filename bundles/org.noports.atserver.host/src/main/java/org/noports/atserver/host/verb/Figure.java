package org.noports.atserver.host.verb;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.protocol.json.JsonValue;

/** The figures that {@code stats} knows; numbers and names are fixed by the wire. */
enum Figure {
  INBOUND(1, "activeInboundConnections", Figures::inbound),
  OUTBOUND(2, "activeOutboundConnections", Figures::outbound),
  LAST_COMMIT(3, "lastCommitID", Figures::lastCommit),
  STORAGE(4, "secondaryStorageSize", Figures::storage),
  TOP_AT_SIGNS(5, "topAtSigns", Figures::notKept),
  TOP_KEYS(6, "topKeys", Figures::notKept),
  VERSION(7, "secondaryServerVersion", Figures::version),
  LAST_LOGIN(8, "LastLoggedInDatetime", Figures::lastLogin),
  DISK(9, "diskSize", Figures::disk),
  LAST_PKAM(10, "LastPkam", Figures::lastPkam),
  NOTIFICATIONS(11, "NotificationCount", Figures::notifications),
  COMMIT_LOG_COMPACTION(12, "CommitLogCompactionStats", Figures::notKept),
  ACCESS_LOG_COMPACTION(13, "AccessLogCompactionStats", Figures::notKept),
  NOTIFICATION_COMPACTION(14, "NotificationCompactionStats", Figures::notKept),
  LATEST_COMMITS(15, "LatestCommitEntryOfEachKey", Figures::latestCommits),
  INBOUND_SUMMARY(16, "activeInboundConnectionsSummary", Figures::inboundSummary),
  INBOUND_DETAILED(17, "activeInboundConnectionsDetailed", Figures::inboundDetailed);

  private final int id;
  private final String wire;
  private final Source source;

  /** Where a figure comes from. */
  private interface Source {
    CompletionStage<JsonValue> value(Dialogue dialogue, Optional<String> regex);
  }

  Figure(int id, String wire, Source source) {
    this.id = id;
    this.wire = requireNonNull(wire, "wire is null");
    this.source = requireNonNull(source, "source is null");
  }

  int id() {
    return id;
  }

  String wire() {
    return wire;
  }

  CompletionStage<JsonValue> value(Dialogue dialogue, Optional<String> regex) {
    return source.value(dialogue, regex);
  }

  static Optional<Figure> of(int id) {
    return Arrays.stream(values()).filter(figure -> figure.id == id).findFirst();
  }
}
