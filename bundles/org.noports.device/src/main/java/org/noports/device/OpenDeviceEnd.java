package org.noports.device;

import static org.noports.device.Step.step;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.noports.api.NoPortsException;
import org.noports.api.ProtocolViolation;
import org.noports.api.identity.Fingerprint;
import org.noports.api.identity.Identity;
import org.noports.api.policy.RequestKind;
import org.noports.api.session.Receipt;
import org.noports.api.stream.StreamOrigin;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.Protection;
import org.noports.api.tunnel.SessionEnd;
import org.noports.api.tunnel.SessionPlan;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.TunnelEnds;
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
  private final AdmitLink links;
  private final DeviceSessions sessions;
  private final AgreeNp2 np2;
  private final Answers answers;
  private final LoginKeys loginKeys;
  private final Executor thread;

  OpenDeviceEnd(
      Neighbours neighbours,
      AdmitStream streams,
      AdmitLink links,
      DeviceSessions sessions,
      Answers answers,
      AgreeNp2 np2,
      Executor thread) {
    this.neighbours = neighbours;
    this.streams = streams;
    this.links = links;
    this.sessions = sessions;
    this.np2 = np2;
    this.answers = answers;
    this.loginKeys = new LoginKeys(neighbours);
    this.thread = thread;
  }

  /**
   * A request with its session's keys.
   *
   * @param keys our end's
   * @param payload the answer that brings them to the client
   * @param np2 what was agreed, if it is an NP2 session
   */
  record Keyed(
      Permitted request, Protection keys, JsonObject payload, Optional<AgreeNp2.Agreed> np2) {}

  /**
   * A request with keys and a way to the relay.
   *
   * @param self what we sign with
   */
  record Routed(Keyed keyed, RelayAccess relay, Fingerprint self) {
    void wipe() {
      keyed.keys().close();
      relay.close();
    }
  }

  Keyed cutKeys(Permitted permitted) throws NoPortsException {
    Optional<AgreeNp2.Agreed> agreed = np2.agree(permitted, Optional.empty());
    return agreed.isPresent()
        ? new Keyed(permitted, agreed.get().keys(), agreed.get().payload(), agreed)
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
    try {
      JsonObject payload = loginKeys.into(permitted.asked(), yes.toJson());
      return new Keyed(permitted, keys.clear(), np2.marked(permitted, payload), Optional.empty());
    } catch (NoPortsException | RuntimeException e) {
      keys.clear().close();
      throw e;
    }
  }

  /** The same, permitted as what it has become. */
  static Keyed confirmed(Keyed keyed, Permitted again) {
    return new Keyed(again, keyed.keys(), keyed.payload(), keyed.np2());
  }

  Routed findRelay(Keyed keyed) throws NoPortsException {
    Asked asked = keyed.request().asked();
    try {
      Identity self = neighbours.identities().identity(asked.device().address().atSign());
      AdmitLink.Links to = links.of(keyed.request(), standing(keyed));
      return new Routed(keyed, RelayAccess.of(neighbours, self, to), self.fingerprint());
    } catch (NoPortsException | RuntimeException e) {
      keyed.keys().close();
      throw e;
    }
  }

  /**
   * Opens our end and says yes. Below level L2 our end stands before the client hears it; an NP2
   * end stands once the client has proven itself on the link, so the client must hear first.
   */
  CompletionStage<DeviceSession> openAndAnswer(Routed routed) {
    Permitted permitted = routed.keyed().request();
    JsonObject payload = routed.keyed().payload();
    CompletionStage<DeviceSession> opening = open(routed);
    CompletionStage<DeviceSession> said =
        routed.keyed().np2().isPresent()
            ? answers.yes(permitted, payload).thenCompose(sent -> opening)
            : opening.thenComposeAsync(
                session -> answers.yes(permitted, payload).thenApply(sent -> session), thread);
    return said.whenComplete(
        (session, failure) -> {
          if (failure != null) {
            opening.thenAccept(nobodys -> nobodys.end("the answer to the client was not sent"));
          }
        });
  }

  private CompletionStage<DeviceSession> open(Routed routed) {
    Asked asked = routed.keyed().request().asked();
    SessionPlan plan = plan(routed, asked);
    StreamOrigin origin = new StreamOrigin(asked.client(), asked.device().address(), plan.id());
    return step((SessionPlan p) -> neighbours.tunnelEnds())
        .apply(plan)
        .thenCompose(
            ends -> end(ends, plan, asked, streams.of(asked, standing(routed.keyed())), origin))
        .whenComplete(
            (end, failure) -> {
              if (failure != null) {
                routed.wipe();
              }
            })
        .thenApply(end -> opened(routed, end))
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    routed.relay().links().refusal().<Throwable>map(no -> no).orElse(failure)));
  }

  /** Who asks for ssh means one connection, and opens its own end so. */
  private static CompletionStage<SessionEnd> end(
      TunnelEnds ends, SessionPlan plan, Asked asked, StreamGate gate, StreamOrigin origin) {
    return asked.kind() == RequestKind.SSH
        ? ends.openSingleDeviceEnd(plan, asked.target(), gate, origin)
        : ends.openDeviceEnd(plan, asked.target(), gate, origin);
  }

  private static AdmitStream.Standing standing(Keyed keyed) {
    return new AdmitStream.Standing(
        keyed.keys().level(),
        keyed
            .np2()
            .map(AgreeNp2.Agreed::signers)
            .filter(by -> by.client().isPresent() && by.device().isPresent())
            .isPresent());
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

  private DeviceSession opened(Routed routed, SessionEnd end) {
    end.ended().thenRun(routed.relay()::close);
    Keyed keyed = routed.keyed();
    DeviceSession session =
        new DeviceSession(
            routed.relay().links().settled().orElse(keyed.request()),
            standing(keyed),
            routed.relay().relay(),
            end,
            keyed.np2().map(agreed -> new Resumable(agreed.keys().resume())),
            keyed.np2().map(agreed -> receipt(routed, agreed)));
    sessions.add(session);
    // A client may have come to the relay before it was told to: then nobody found this session.
    routed.relay().links().refusal().ifPresent(no -> session.end(AdmitLink.because(no)));
    routed.relay().links().settled().ifPresent(session::settled);
    return session;
  }

  private static Receipt receipt(Routed routed, AgreeNp2.Agreed agreed) {
    Permitted permitted = routed.keyed().request();
    Asked asked = permitted.asked();
    return new Receipt(
        asked.request().sessionId(),
        asked.client(),
        permitted.clientKey().orElseThrow(),
        asked.device().address(),
        routed.self(),
        asked.target(),
        agreed.half().rule(),
        asked.offer().orElseThrow().providers(),
        agreed.half().providers(),
        List.of(agreed.step()),
        agreed.signers());
  }
}
