package org.noports.protocol.np2;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.DeviceName;
import org.noports.api.ProtocolViolation;
import org.noports.api.SessionId;
import org.noports.api.tunnel.Suite;
import org.noports.protocol.json.JsonObject;

/**
 * What a client that can do NP2 says in the signed payload of every session request, in the field
 * {@code np2} (docs/protocol/np2.md 3). Peers that do not know it pass it over. Strings of ASCII
 * and whole numbers only, so that a peer's re-encoding keeps the bytes.
 *
 * @param from who asks
 * @param to whom
 * @param device the device's name
 * @param kind what for
 * @param host where to, as in the request around it
 * @param port the same
 * @param relay the relay's atSign
 * @param session as in the request around it
 * @param clientNonce 32 fresh bytes, base64
 * @param deviceNonce the one that the device's heartbeat brought; empty if it brought none
 * @param suites best first
 * @param keys a fresh public key for each key agreement among the suites, base64, by its name
 * @param providers what computes the suites here: bundles, for the receipt
 * @param resumption which session goes on, if the kind is {@link Kind#RESUME}
 */
public record Np2Offer(
    AtSign from,
    AtSign to,
    DeviceName device,
    Kind kind,
    String host,
    int port,
    AtSign relay,
    SessionId session,
    String clientNonce,
    Optional<String> deviceNonce,
    List<Suite> suites,
    Map<String, String> keys,
    String providers,
    Optional<Resumption> resumption) {
  /** The field of request and response payloads. */
  public static final String FIELD = "np2";

  /** The only version so far. */
  public static final int VERSION = 1;

  /** Bytes of a nonce. */
  public static final int NONCE_LENGTH = 32;

  /** No end has more; a longer list is an attempt to make others work. */
  private static final int MOST_SUITES = 16;

  /** What a request asks for. */
  public enum Kind {
    /** A tunnel. */
    NPT,
    /** A session of ssh. */
    SSH,
    /** That a session goes on which has lost its link. */
    RESUME;

    /** The name on the wire. */
    public String wire() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * Which session goes on.
   *
   * @param session the id of its first request
   * @param counter how many times it was resumed before, and one
   */
  public record Resumption(SessionId session, int counter) {
    public Resumption {
      requireNonNull(session, "session is null");
    }
  }

  public Np2Offer {
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
    requireNonNull(device, "device is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(host, "host is null");
    requireNonNull(relay, "relay is null");
    requireNonNull(session, "session is null");
    requireNonNull(clientNonce, "clientNonce is null");
    requireNonNull(deviceNonce, "deviceNonce is null");
    suites = List.copyOf(suites);
    keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    providers = Np2Bytes.ascii(providers);
    requireNonNull(resumption, "resumption is null");
    if (resumption.isPresent() != (kind == Kind.RESUME)) {
      throw new IllegalArgumentException("A resumption names its session, and nothing else does");
    }
  }

  /**
   * Reads the offer in a request's payload; empty if there is none of a version known here.
   *
   * @throws ProtocolViolation if there is one that cannot be read
   */
  public static Optional<Np2Offer> of(JsonObject payload) throws ProtocolViolation {
    Optional<JsonObject> json = payload.object(FIELD);
    if (json.isEmpty() || !speaks(json.get())) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(json.get()));
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation("np2: " + e.getMessage(), e);
    }
  }

  /** Whether its list of versions has ours. */
  static boolean speaks(JsonObject json) throws ProtocolViolation {
    List<String> versions = Arrays.asList(json.requireText("versions").split(",", MOST_SUITES));
    return versions.contains(Integer.toString(VERSION));
  }

  private static Np2Offer read(JsonObject json) throws ProtocolViolation {
    Kind kind =
        json.requireText("kind", text -> Kind.valueOf(text.toUpperCase(java.util.Locale.ROOT)));
    return new Np2Offer(
        json.requireText("from", AtSign::of),
        json.requireText("to", AtSign::of),
        json.requireText("device", DeviceName::of),
        kind,
        json.requireText("host"),
        json.requirePort("port"),
        json.requireText("relay", AtSign::of),
        json.requireText("session", SessionId::of),
        Np2Bytes.require(json, "clientNonce", NONCE_LENGTH),
        Np2Bytes.find(json, "deviceNonce", NONCE_LENGTH),
        suites(json),
        keys(json.requireObject("keys")),
        json.text("providers").orElse(""),
        kind == Kind.RESUME ? Optional.of(resumption(json)) : Optional.empty());
  }

  private static Resumption resumption(JsonObject json) throws ProtocolViolation {
    long counter =
        json.whole("counter", 1, Integer.MAX_VALUE)
            .orElseThrow(() -> new ProtocolViolation("np2: field 'counter' is missing"));
    return new Resumption(json.requireText("resumes", SessionId::of), (int) counter);
  }

  static List<Suite> suites(JsonObject json) throws ProtocolViolation {
    String[] names = json.requireText("suites").split(",", -1);
    if (names.length > MOST_SUITES) {
      throw new ProtocolViolation("np2: more than " + MOST_SUITES + " suites");
    }
    return Arrays.stream(names).filter(name -> !name.isEmpty()).map(Suite::of).toList();
  }

  private static Map<String, String> keys(JsonObject json) throws ProtocolViolation {
    Map<String, String> keys = new LinkedHashMap<>();
    for (String agreement : json.fields().keySet()) {
      keys.put(agreement, Np2Bytes.require(json, agreement));
    }
    return keys;
  }

  /** The object as it travels. */
  public JsonObject toJson() {
    JsonObject.Builder shares = JsonObject.builder();
    keys.forEach(shares::put);
    JsonObject.Builder json =
        JsonObject.builder()
            .put("versions", Integer.toString(VERSION))
            .put("from", from.name())
            .put("to", to.name())
            .put("device", device.name())
            .put("kind", kind.wire())
            .put("host", host)
            .put("port", port)
            .put("relay", relay.name())
            .put("session", session.toString())
            .put("clientNonce", clientNonce)
            .putIfPresent("deviceNonce", deviceNonce)
            .put("suites", Np2Bytes.list(suites))
            .put("keys", shares.build())
            .put("providers", Np2Bytes.ascii(providers));
    resumption.ifPresent(
        resumed ->
            json.put("resumes", resumed.session().toString()).put("counter", resumed.counter()));
    return json.build();
  }
}
