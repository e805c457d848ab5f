package org.noports.client;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.noports.api.AtSign;
import org.noports.api.DeviceName;
import org.noports.api.SessionId;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.cipher.KeyTransport;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.session.Feature;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.NptRequest;
import org.noports.protocol.session.PingResponse;
import org.noports.protocol.session.RelayLatency;
import org.noports.protocol.session.SessionResponse;
import org.noports.protocol.session.SignedEnvelope;
import org.noports.protocol.session.WrappedKeys;
import org.noports.testkit.fakes.AtServerWorld;
import org.noports.testkit.fakes.JdkCiphers;
import org.noports.testkit.fakes.RealKeys;
import org.noports.testkit.fakes.UpstreamObjections;

/** A device as a client sees it; its knobs make it go wrong. */
final class ScriptedDevice {
  static final DeviceName NAME = DeviceName.of("dev1");
  static final AtSign AT_SIGN = AtSign.of("@device");

  final List<NptRequest> requests = new CopyOnWriteArrayList<>();
  final List<JsonObject> payloads = new CopyOnWriteArrayList<>();
  final List<String> wrapped = new CopyOnWriteArrayList<>();
  volatile RealKeys signer = RealKeys.of("@device");
  final List<String> latencyRequests = new CopyOnWriteArrayList<>();

  /** How many milliseconds relays are away from it; others it cannot reach. */
  final Map<AtSign, Integer> distances = new ConcurrentHashMap<>();

  volatile boolean answersLatency = true;
  volatile boolean answersPings = true;
  volatile boolean answersRequests = true;
  volatile boolean twinKeys = true;
  volatile boolean answersChallenges = true;
  volatile boolean sendsTwinKeys = true;
  volatile boolean adjustsTimeout = true;
  volatile Optional<String> refusal = Optional.empty();
  volatile Optional<SessionId> otherSession = Optional.empty();

  /** Whether it objects as devices written in C do. */
  volatile boolean foreign;

  private final AtServerWorld world;
  private final AtServerSession post;

  ScriptedDevice(AtServerWorld world) {
    this.world = world;
    this.post = world.of(AT_SIGN);
    post.subscribe(name -> name.endsWith(".dev1.sshnp"), this::hear);
  }

  private void hear(Notification message) {
    try {
      if (message.name().startsWith(MessageNames.PING) && answersPings) {
        beat(message.from());
      } else if (message.name().startsWith(MessageNames.RELAY_LATENCY_REQUEST)) {
        latencyRequests.add(message.value());
        if (answersLatency) {
          say(message.from(), MessageNames.relayLatencyResponse(NAME), howFar(message.value()));
        }
      } else if (message.name().startsWith(MessageNames.NPT_REQUEST)) {
        JsonObject payload = SignedEnvelope.parse(message.value()).payload();
        payloads.add(payload);
        NptRequest request = NptRequest.parse(payload);
        requests.add(request);
        if (answersRequests) {
          say(
              message.from(),
              MessageNames.response(request.sessionId(), NAME),
              refusal.or(() -> objection(message)).orElse(yes(request)));
        }
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Its heartbeat, whether anybody asked or not. */
  void beat(AtSign to) {
    say(to, MessageNames.heartbeat(NAME), about().toText());
  }

  /** Takes back the yes to its last request. */
  void takeBack(AtSign from, String text) {
    SessionId last = requests.get(requests.size() - 1).sessionId();
    say(from, MessageNames.response(last, NAME), text);
  }

  private Optional<String> objection(Notification message) {
    return foreign
        ? UpstreamObjections.ofDevice(world, message.from(), message.value()).stream().findFirst()
        : Optional.empty();
  }

  private String howFar(String asked) throws Exception {
    Map<AtSign, Optional<Duration>> times = new LinkedHashMap<>();
    for (AtSign relay : RelayLatency.Request.parse(asked).places().keySet()) {
      times.put(relay, Optional.ofNullable(distances.get(relay)).map(Duration::ofMillis));
    }
    return new RelayLatency.Response(times).toText();
  }

  private void say(AtSign to, String name, String value) {
    post.notify(OutgoingNotification.ofSession(to, name, value));
  }

  PingResponse about() {
    Map<Feature, Boolean> features = new LinkedHashMap<>();
    for (Feature feature : Feature.values()) {
      features.put(feature, feature != Feature.TWIN_KEYS || twinKeys);
    }
    features.put(Feature.ADJUSTABLE_TIMEOUT, adjustsTimeout);
    features.put(Feature.SUPPORTS_RAM_ESCR, answersChallenges);
    return new PingResponse(
        NAME.name(),
        PingResponse.NO_GROUP,
        "0.1.0",
        "0.1.0",
        features,
        List.of("payload", "escr"),
        List.of("localhost:22"),
        Optional.of("1.5.0"),
        Optional.empty());
  }

  private String yes(NptRequest request) throws Exception {
    WrappedKeys.WrappedKey forth = wrap(request);
    WrappedKeys keys =
        sendsTwinKeys ? new WrappedKeys.Twin(forth, wrap(request)) : new WrappedKeys.Legacy(forth);
    SessionResponse.Connected yes =
        new SessionResponse.Connected(otherSession.orElse(request.sessionId()), keys);
    return SignedEnvelope.sign(yes.toJson(), signer::signAsEncryption).toText();
  }

  private WrappedKeys.WrappedKey wrap(NptRequest request) throws Exception {
    String key = random(32);
    wrapped.add(key);
    return new WrappedKeys.WrappedKey(
        wrap(request.clientEphemeralPk(), key), wrap(request.clientEphemeralPk(), random(16)));
  }

  private static String wrap(String publicKey, String text) throws Exception {
    byte[] sealed =
        new JdkCiphers()
            .keyTransport(KeyTransport.RSA_2048)
            .wrap(publicKey, text.getBytes(StandardCharsets.US_ASCII));
    return Base64.getEncoder().encodeToString(sealed);
  }

  private static String random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
