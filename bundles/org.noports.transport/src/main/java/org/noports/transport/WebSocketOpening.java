package org.noports.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.noports.api.HostPort;

/** What is said before the frames: the opening handshake of a WebSocket (RFC 6455 section 4). */
final class WebSocketOpening {
  /** Named in both directions: a general WebSocket endpoint is no relay. */
  static final String PROTOCOL = "relay.noports";

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;

  private WebSocketOpening() {}

  /** A client's request; without port where that is the usual one, as browsers send it. */
  static String request(HostPort address, String key) {
    String host = address.host().indexOf(':') < 0 ? address.host() : "[" + address.host() + "]";
    return "GET / HTTP/1.1\r\nHost: "
        + (address.port() == 443 ? host : host + ":" + address.port())
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: "
        + key
        + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: "
        + PROTOCOL
        + "\r\n\r\n";
  }

  /** What is answered to a client's request; fails with what is wrong with it. */
  static String answer(String head) throws IOException {
    Map<String, String> said = headers(head);
    boolean asks =
        head.startsWith("GET ") && head.lines().findFirst().orElse("").endsWith(" HTTP/1.1");
    if (!asks || !upgrades(said) || !"13".equals(said.get("sec-websocket-version"))) {
      throw new IOException("it does not ask for a WebSocket");
    }
    if (!lists(said.get("sec-websocket-protocol"), PROTOCOL)) {
      throw new IOException("it does not ask for the protocol " + PROTOCOL);
    }
    String key = said.getOrDefault("sec-websocket-key", "");
    if (!isKey(key)) {
      throw new IOException("its Sec-WebSocket-Key has not 16 bytes");
    }
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: "
        + accept(key)
        + "\r\nSec-WebSocket-Protocol: "
        + PROTOCOL
        + "\r\n\r\n";
  }

  /** Checks the answer to our request; fails with what is wrong with it. */
  static void check(String head, String key) throws IOException {
    String status = head.lines().findFirst().orElse("");
    if (!status.startsWith("HTTP/1.1 101")) {
      String shown = status.replaceAll("[^ -~]", "?");
      throw new IOException(
          "it opens no WebSocket; it says '"
              + shown.substring(0, Math.min(60, shown.length()))
              + "'");
    }
    Map<String, String> said = headers(head);
    if (!upgrades(said)
        || !accept(key).equals(said.get("sec-websocket-accept"))
        || !PROTOCOL.equals(said.get("sec-websocket-protocol"))) {
      throw new IOException("its WebSocket is not that of a relay");
    }
  }

  private static boolean upgrades(Map<String, String> said) {
    return lists(said.get("upgrade"), "websocket") && lists(said.get("connection"), "upgrade");
  }

  private static boolean lists(String values, String wanted) {
    return values != null
        && Arrays.stream(values.split(",")).anyMatch(it -> it.trim().equalsIgnoreCase(wanted));
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Map<String, String> headers(String head) {
    Map<String, String> found = new TreeMap<>();
    head.lines()
        .skip(1)
        .filter(line -> line.indexOf(':') > 0)
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              String name = line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
              found.merge(name, line.substring(colon + 1).trim(), (a, b) -> a + "," + b);
            });
    return found;
  }

  /** SHA-1 is what the standard says; it proves that the far side understood, nothing more. */
  static String accept(String key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
