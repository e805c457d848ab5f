package org.noports.handshake;

import java.time.Duration;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.DeviceName;
import org.noports.api.SessionId;
import org.noports.api.Target;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.NptRequest;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.protocol.session.SignedEnvelope;
import org.noports.testkit.fakes.AtServerWorld;
import org.noports.testkit.fakes.RealKeys;

/** A client of level L1 that asks dev1@device, and does not listen to what it is answered. */
final class AskingClient {
  private static final AtSign DEVICE = AtSign.of("@device");
  private static final DeviceName DEV1 = DeviceName.of("dev1");

  private final AtServerWorld world;
  private final RealKeys identity;
  private final String sessionKey;

  /**
   * @param sessionKey base64 X.509 of an RSA key
   */
  AskingClient(AtServerWorld world, String atSign, String sessionKey) {
    this.world = world;
    this.identity = RealKeys.of(atSign);
    this.sessionKey = sessionKey;
  }

  void ping() {
    say(MessageNames.ping(DEV1), MessageNames.PING_VALUE);
  }

  void tunnel(SessionId session, Target target) {
    sign(MessageNames.nptRequest(DEV1), request(session, target).toJson());
  }

  void ssh(SessionId session) {
    NptRequest request = request(session, Target.of("localhost:22"));
    sign(
        MessageNames.sshRequest(DEV1),
        request.toJson().toBuilder()
            .put("direct", true)
            .put("host", request.rvdHost())
            .put("port", request.rvdPort())
            .build());
  }

  private NptRequest request(SessionId session, Target target) {
    return new NptRequest(
        session,
        "relay.example.org",
        40002,
        target.wirePort(),
        target.wireHost(),
        true,
        RelayAuthMode.PAYLOAD,
        Optional.empty(),
        "client-nonce",
        "relay-nonce",
        true,
        sessionKey,
        SignedEnvelope.RSA_2048,
        Duration.ofSeconds(30),
        true,
        Optional.of(AtSign.of("@relay")));
  }

  private void sign(String name, JsonObject payload) {
    say(name, SignedEnvelope.sign(payload, identity::signAsEncryption).toText());
  }

  private void say(String name, String value) {
    world.of(identity.atSign()).notify(OutgoingNotification.ofSession(DEVICE, name, value));
  }
}
