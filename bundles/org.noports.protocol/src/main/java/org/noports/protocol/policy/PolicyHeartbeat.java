package org.noports.protocol.policy;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.session.PingResponse;

/**
 * What a device tells its policy service every now and then (docs/protocol/noports.md 7.4).
 *
 * @param deviceGroup the group that it says it is in
 * @param snapshot what it has and wants of the rules; devices of other makes take none
 */
public record PolicyHeartbeat(String deviceGroup, Optional<Wanted> snapshot) {
  private static final String SNAPSHOT = "policySnapshot";
  private static final JsonObject NO_EVENTS =
      JsonObject.builder().putNullable("eventLoggingConfig", Optional.empty()).build();

  /**
   * What a device has of the rules.
   *
   * @param revision of the snapshot that it has; empty text for none
   * @param fresh whether it would not take the same once more, with a later time
   */
  public record Wanted(String revision, boolean fresh) {
    public Wanted {
      requireNonNull(revision, "revision is null");
    }
  }

  public PolicyHeartbeat {
    requireNonNull(deviceGroup, "deviceGroup is null");
    requireNonNull(snapshot, "snapshot is null");
  }

  public static PolicyHeartbeat parse(String text) throws ProtocolViolation {
    JsonObject json = JsonObject.parse("policy heartbeat", text);
    Optional<JsonObject> has = json.object(SNAPSHOT);
    return new PolicyHeartbeat(
        json.text("deviceGroupName").orElse(PingResponse.NO_GROUP),
        has.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Wanted(
                    has.get().text("revision").orElse(""), has.get().flag("fresh").orElse(false))));
  }

  /** What other programs put there, and ours behind it. */
  public String toText(PingResponse about) throws ProtocolViolation {
    JsonObject.Builder json = JsonObject.parse("ping response", about.toText()).toBuilder();
    snapshot.ifPresent(
        has ->
            json.put(
                SNAPSHOT,
                JsonObject.builder()
                    .put("revision", has.revision())
                    .put("fresh", has.fresh())
                    .build()));
    return json.build().toJson();
  }

  /** A policy service's answer to it: that events are sent nowhere. */
  public static String answer() {
    return NO_EVENTS.toJson();
  }
}
