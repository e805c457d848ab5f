package org.noports.protocol.np2;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.noports.api.ProtocolViolation;
import org.noports.api.tunnel.Suite;
import org.noports.protocol.json.JsonObject;

/** Bytes and lists as strings of ASCII. */
final class Np2Bytes {
  /** Room for every public key that is thinkable now; ML-KEM-1024's has 1568 bytes. */
  private static final int LONGEST = 8192;

  private Np2Bytes() {}

  /** Standard base64 of any length within reason. */
  static String require(JsonObject json, String name) throws ProtocolViolation {
    byte[] bytes = json.requireText(name, Base64.getDecoder()::decode);
    if (bytes.length == 0 || bytes.length > LONGEST) {
      throw new ProtocolViolation("np2: field '" + name + "' has a wrong length");
    }
    return Base64.getEncoder().encodeToString(bytes);
  }

  static String require(JsonObject json, String name, int length) throws ProtocolViolation {
    return find(json, name, length)
        .orElseThrow(() -> new ProtocolViolation("np2: field '" + name + "' is missing"));
  }

  static Optional<String> find(JsonObject json, String name, int length) throws ProtocolViolation {
    Optional<byte[]> bytes = json.text(name, Base64.getDecoder()::decode);
    if (bytes.isPresent() && bytes.get().length != length) {
      throw new ProtocolViolation("np2: field '" + name + "' has not " + length + " bytes");
    }
    return bytes.map(Base64.getEncoder()::encodeToString);
  }

  static String list(List<Suite> suites) {
    return suites.stream().map(Suite::toString).collect(Collectors.joining(","));
  }

  /** The text with a question mark for whatever another program might encode in another way. */
  static String ascii(String text) {
    return text.replaceAll("[^ -~]|[\"\\\\]", "?");
  }
}
