package org.noports.device;

import static org.noports.device.Step.step;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.api.NoPortsException;
import org.noports.api.ProtocolViolation;
import org.noports.api.identity.Identity;
import org.noports.api.stream.StreamOrigin;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.Protection;
import org.noports.api.tunnel.SessionEnd;
import org.noports.api.tunnel.SessionPlan;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.session.NptRequest;
import org.noports.protocol.session.SessionResponse;
import org.noports.protocol.session.SignedEnvelope;

/**
 * Opens the device's end of a permitted session: fresh keys, the way to the relay, the tunnel;
 * steps of {@link AdmitSession}. What a step has made is wiped when a later one fails.
 */
final class OpenDeviceEnd {
  private static final Duration LONGEST_GRACE = Duration.ofDays(365);

  private final Neighbours neighbours;
  private final AdmitStream streams;
  private final DeviceSessions sessions;
  private final AgreeNp2 np2;

  OpenDeviceEnd(Neighbours neighbours, AdmitStream streams, DeviceSessions sessions) {
    this.neighbours = neighbours;
    this.streams = streams;
    this.sessions = sessions;
    this.np2 = new AgreeNp2(neighbours);
  }

  /**
   * A request with its session's keys.
   *
   * @param keys our end's
   * @param payload the answer that brings them to the client
   */
  record Keyed(Permitted request, Protection keys, JsonObject payload) {}

  /** A request with keys and a way to the relay. */
  record Routed(Keyed keyed, RelayAccess relay) {
    void wipe() {
      keyed.keys().close();
      relay.close();
    }
  }

  /** A session that runs, and the answer that its client waits for. */
  record Opened(DeviceSession session, JsonObject payload) {}

  Keyed cutKeys(Permitted permitted) throws NoPortsException {
    Optional<AgreeNp2.Agreed> agreed = np2.agree(permitted);
    return agreed.isPresent()
        ? new Keyed(permitted, agreed.get().keys(), agreed.get().payload())
        : cutCompatible(permitted);
  }

  private Keyed cutCompatible(Permitted permitted) throws NoPortsException {
    NptRequest request = permitted.asked().request();
    if (!request.clientEphemeralPkType().equals(SignedEnvelope.RSA_2048)) {
      throw new ProtocolViolation(
          "clientEphemeralPKType '" + request.clientEphemeralPkType() + "' is not rsa2048");
    }
    Level level = request.twinKeys() ? Level.L1 : Level.L0;
    CutKeys keys = CutKeys.cut(neighbours.ciphers(), request.clientEphemeralPk(), level);
    SessionResponse.Connected yes =
        new SessionResponse.Connected(request.sessionId(), keys.wrapped());
    return new Keyed(permitted, keys.clear(), np2.marked(permitted.asked(), yes.toJson()));
  }

  Routed findRelay(Keyed keyed) throws NoPortsException {
    Asked asked = keyed.request().asked();
    try {
      Identity self = neighbours.identities().identity(asked.device().address().atSign());
      return new Routed(keyed, RelayAccess.of(neighbours, self, asked.request()));
    } catch (NoPortsException | RuntimeException e) {
      keyed.keys().close();
      throw e;
    }
  }

  CompletionStage<Opened> open(Routed routed) {
    Asked asked = routed.keyed().request().asked();
    SessionPlan plan = plan(routed, asked);
    StreamOrigin origin = new StreamOrigin(asked.client(), asked.device().address(), plan.id());
    return step((SessionPlan p) -> neighbours.tunnelEnds())
        .apply(plan)
        .thenCompose(ends -> ends.openDeviceEnd(plan, asked.target(), streams.of(asked), origin))
        .whenComplete(
            (end, failure) -> {
              if (failure != null) {
                routed.wipe();
              }
            })
        .thenApply(end -> opened(routed, end));
  }

  private static SessionPlan plan(Routed routed, Asked asked) {
    Duration asks = asked.request().timeout();
    boolean bounded = !asks.isZero() && !asks.isNegative() && asks.compareTo(LONGEST_GRACE) < 0;
    Duration grace = bounded ? asks : LONGEST_GRACE;
    return new SessionPlan(
        asked.request().sessionId(),
        routed.relay(),
        routed.keyed().keys(),
        grace,
        Optional.empty());
  }

  private Opened opened(Routed routed, SessionEnd end) {
    end.ended().thenRun(routed.relay()::close);
    DeviceSession session =
        new DeviceSession(
            routed.keyed().request(), routed.keyed().keys().level(), routed.relay().relay(), end);
    sessions.add(session);
    return new Opened(session, routed.keyed().payload());
  }
}
