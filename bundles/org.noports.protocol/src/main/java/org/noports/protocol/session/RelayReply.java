package org.noports.protocol.session;

import static java.util.Objects.requireNonNull;

import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;

/**
 * A relay's answer: where each side dials (docs/protocol/noports.md 2.7).
 *
 * @param address the relay's host
 * @param clientPort portA
 * @param devicePort portB
 * @param rvdNonce the relay's nonce, opaque and without commas
 * @param supportsEventLogging whether it reports what happens to sessions
 * @param autoDetectsRelayAuth whether it finds out for itself how a side authenticates
 */
public record RelayReply(
    String address,
    int clientPort,
    int devicePort,
    String rvdNonce,
    boolean supportsEventLogging,
    boolean autoDetectsRelayAuth) {
  public RelayReply {
    requireNonNull(address, "address is null");
    requireNonNull(rvdNonce, "rvdNonce is null");
    requireVisible("address", address);
    requireVisible("rvdNonce", rvdNonce);
  }

  /** Both reach messages, logs and lines of other protocols. */
  private static void requireVisible(String field, String text) {
    if (text.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      throw new IllegalArgumentException(
          "the relay's " + field + " has a space or a control character");
    }
  }

  /** Reads either form: JSON begins with <code>{</code>, else it is four fields and commas. */
  public static RelayReply parse(String text) throws ProtocolViolation {
    try {
      return text.startsWith("{") ? parseJson(text) : parseFields(text);
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation("relay reply: " + e.getMessage(), e);
    }
  }

  private static RelayReply parseJson(String text) throws ProtocolViolation {
    JsonObject json = JsonObject.parse("relay reply", text);
    return new RelayReply(
        json.requireText("address"),
        json.requirePort("portA"),
        json.requirePort("portB"),
        json.text("rvdNonce").orElse(""),
        json.flag("supportsEventLogging").orElse(false),
        json.flag("autoDetectsRelayAuth").orElse(false));
  }

  private static RelayReply parseFields(String text) throws ProtocolViolation {
    String[] fields = text.strip().split(",", -1);
    if (fields.length < 3 || fields.length > 4 || fields[0].isBlank()) {
      throw new ProtocolViolation("relay reply is neither JSON nor host,port,port,nonce");
    }
    return new RelayReply(
        fields[0],
        port(fields[1]),
        port(fields[2]),
        fields.length == 4 ? fields[3] : "",
        false,
        false);
  }

  private static int port(String text) throws ProtocolViolation {
    try {
      int port = Integer.parseInt(text.strip());
      if (port >= 1 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one error.
    }
    throw new ProtocolViolation("relay reply: a port is not between 1 and 65535");
  }

  /** The older form, which every client reads. */
  public String toFields() {
    return address + "," + clientPort + "," + devicePort + "," + rvdNonce;
  }

  /** The newer form, for clients that asked for it. */
  public String toJson() {
    return JsonObject.builder()
        .put("address", address)
        .put("portA", clientPort)
        .put("portB", devicePort)
        .put("rvdNonce", rvdNonce)
        .put("supportsEventLogging", supportsEventLogging)
        .put("autoDetectsRelayAuth", autoDetectsRelayAuth)
        .build()
        .toJson();
  }
}
