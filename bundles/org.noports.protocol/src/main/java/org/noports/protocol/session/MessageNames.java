package org.noports.protocol.session;

import java.util.Locale;
import java.util.Optional;
import org.noports.api.DeviceName;
import org.noports.api.SessionId;

/**
 * Under which key each message travels, without receiver and owner, and with its namespace
 * (docs/protocol/noports.md 2.0). All in lower case, as atServers fold them.
 */
public final class MessageNames {
  /** Namespace of what clients, devices and policies say. */
  public static final String NAMESPACE = "sshnp";

  /** Namespace of what is said with a relay. */
  public static final String RELAY_NAMESPACE = "sshrvd";

  /** The value of a ping. */
  public static final String PING_VALUE = "ping";

  /** The enrollment id that stands for an atSign's first keys. */
  public static final String PRIMARY_ENROLLMENT = "primary";

  public static final String NPT_REQUEST = "npt_request";
  public static final String SSH_REQUEST = "ssh_request";
  public static final String PING = "ping";
  public static final String HEARTBEAT = "heartbeat";
  public static final String USERNAME = "username";
  public static final String DEVICE_INFO = "device_info";
  public static final String SSH_PUBLIC_KEY = "sshpublickey";

  /** A client asks for access for a time; ours alone (docs/protocol/access.md). */
  public static final String ACCESS_REQUEST = "access_request";

  /** What it is answered. */
  public static final String ACCESS_ANSWER = "access_answer";

  /** What processes that run one device tell each other; ours alone. */
  public static final String INSTANCE = "instance";

  public static final String REQUEST_PORTS = "request_ports";
  public static final String AUTH_MODES = "auth_modes";
  public static final String DISCOVER_REQUEST = "discover_request";

  /** A relay's answer to {@link #DISCOVER_REQUEST}, with its namespace. */
  public static final String DISCOVER_RESPONSE = "discover_response." + RELAY_NAMESPACE;

  /** What a client asks a relay that it may choose; {@link #DISCOVER_REQUEST} in full. */
  public static final String RELAY_DISCOVERY = DISCOVER_REQUEST + "." + RELAY_NAMESPACE;

  public static final String RELAY_LATENCY_REQUEST = "relay_latency_request";
  public static final String RELAY_LATENCY_RESPONSE = "relay_latency_response";

  private MessageNames() {}

  public static String relayLatencyRequest(DeviceName device) {
    return ofDevice(RELAY_LATENCY_REQUEST, device);
  }

  public static String relayLatencyResponse(DeviceName device) {
    return ofDevice(RELAY_LATENCY_RESPONSE, device);
  }

  public static String nptRequest(DeviceName device) {
    return ofDevice(NPT_REQUEST, device);
  }

  public static String sshRequest(DeviceName device) {
    return ofDevice(SSH_REQUEST, device);
  }

  /** A device's answer to a session request. */
  public static String response(SessionId session, DeviceName device) {
    return ofDevice(session.toString(), device);
  }

  public static String ping(DeviceName device) {
    return ofDevice(PING, device);
  }

  public static String heartbeat(DeviceName device) {
    return ofDevice(HEARTBEAT, device);
  }

  public static String username(DeviceName device) {
    return ofDevice(USERNAME, device);
  }

  public static String deviceInfo(DeviceName device) {
    return ofDevice(DEVICE_INFO, device);
  }

  public static String sshPublicKey(DeviceName device) {
    return ofDevice(SSH_PUBLIC_KEY, device);
  }

  public static String instance(DeviceName device) {
    return ofDevice(INSTANCE, device);
  }

  public static String accessRequest(DeviceName device) {
    return ofDevice(ACCESS_REQUEST, device);
  }

  public static String accessAnswer(DeviceName device) {
    return ofDevice(ACCESS_ANSWER, device);
  }

  /** A device's heartbeat to its policy. */
  public static String policyHeartbeat(DeviceName device) {
    return device + ".devices.policy." + NAMESPACE;
  }

  public static String relayRequest(DeviceName device) {
    return device + "." + REQUEST_PORTS + "." + RELAY_NAMESPACE;
  }

  public static String relayReply(SessionId session) {
    return session + "." + RELAY_NAMESPACE;
  }

  /** A relay's refusal. */
  public static String relayNack(SessionId session) {
    return "nack." + session + "." + RELAY_NAMESPACE;
  }

  public static String authModes(DeviceName device) {
    return device + "." + AUTH_MODES + "." + RELAY_NAMESPACE;
  }

  /** Elects one of several instances of a device. */
  public static String deviceMutex(SessionId session) {
    return session + ".session_mutexes." + NAMESPACE;
  }

  /** Elects one of several instances of a relay. */
  public static String relayMutex(SessionId session) {
    return session + ".session_mutexes." + RELAY_NAMESPACE;
  }

  /** The public record that holds an authentication public key, without {@code public:}. */
  public static String apsk(String enrollmentId) {
    return "_apsk." + enrollmentId + ".a.__e";
  }

  /** The public record that holds an end's ML-DSA-65 key (np2.md 11), without {@code public:}. */
  public static String np2Sign(String enrollmentId) {
    return "np2_sign." + enrollmentId + "." + NAMESPACE;
  }

  /** What finds every {@code device_info} record of one device, or of any if none is given. */
  public static String deviceInfoRegex(Optional<DeviceName> device) {
    return DEVICE_INFO + "\\." + device.map(DeviceName::name).orElse(".*") + "\\." + NAMESPACE;
  }

  /**
   * What is said to or by {@code device}: the part before {@code .<device>.sshnp}; empty if the
   * name is another device's. Older programs match without an anchor, we do not.
   */
  public static Optional<String> ofDevice(DeviceName device, String name) {
    return before("." + device + "." + NAMESPACE, name);
  }

  /** The part before {@code .sshrvd}; empty if the name is not in the relays' namespace. */
  public static Optional<String> ofRelay(String name) {
    return before("." + RELAY_NAMESPACE, name);
  }

  private static Optional<String> before(String suffix, String name) {
    String folded = name.toLowerCase(Locale.ROOT);
    return folded.endsWith(suffix) && folded.length() > suffix.length()
        ? Optional.of(folded.substring(0, folded.length() - suffix.length()))
        : Optional.empty();
  }

  private static String ofDevice(String message, DeviceName device) {
    return message + "." + device + "." + NAMESPACE;
  }
}
