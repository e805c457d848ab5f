package org.noports.protocol.session;

import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.ProtocolViolation;
import org.noports.api.SessionId;
import org.noports.protocol.json.JsonObject;

/**
 * A client asks a device for a session with its sshd: {@code ssh_request} (docs/protocol/noports.md
 * 2.6). It says less than an {@code npt_request}, means one connection, and may be answered with a
 * key to log in with.
 */
public final class SshRequest {
  /** Stands behind {@code sessionId} in an answer; OpenSSH's form, secret. */
  public static final String PRIVATE_KEY = "ephemeralPrivateKey";

  private SshRequest() {}

  /**
   * Reads a payload as the session that it asks for.
   *
   * @param sshd where the device's sshd is, which only the device knows
   */
  public static NptRequest parse(JsonObject json, HostPort sshd) throws ProtocolViolation {
    if (!json.flag("direct").orElse(false)) {
      throw new ProtocolViolation(
          "ssh_request: 'direct' is not true; connections back to the client are not made");
    }
    return new NptRequest(
        json.requireText("sessionId", SessionId::of),
        json.requireText("host"),
        json.requirePort("port"),
        sshd.port(),
        sshd.host(),
        json.flag("authenticateToRvd").orElse(false),
        json.text("relayAuthMode", RelayAuthMode::of).orElse(RelayAuthMode.PAYLOAD),
        json.text("relayAuthAesKey"),
        json.text("clientNonce").orElse(""),
        json.text("rvdNonce").orElse(""),
        json.flag("encryptRvdTraffic").orElse(false),
        json.text("clientEphemeralPK").orElse(""),
        json.text("clientEphemeralPKType").orElse(""),
        NptRequest.DEFAULT_TIMEOUT,
        json.flag("twinKeys").orElse(false),
        json.text("relayAtsign", AtSign::of));
  }

  /** The answer's payload with the key in its place. */
  public static JsonObject withPrivateKey(JsonObject answer, String privateKey) {
    JsonObject.Builder json = JsonObject.builder();
    answer
        .fields()
        .forEach(
            (name, value) -> {
              json.put(name, value);
              if (name.equals("sessionId")) {
                json.put(PRIVATE_KEY, privateKey);
              }
            });
    return json.build();
  }

  /** The key of an answer, if there is one. */
  public static Optional<String> privateKey(JsonObject answer) throws ProtocolViolation {
    return answer.text(PRIVATE_KEY);
  }
}
