package org.noports.protocol.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Base64;
import org.noports.api.ProtocolViolation;
import org.noports.api.SessionId;
import org.noports.protocol.json.JsonObject;

/**
 * The line that answers a challenge: the session, a colon, and the response encrypted under the key
 * that client, device and relay share (docs/protocol/noports.md 4.2).
 *
 * @param sessionId the session: tells the relay which key
 * @param iv the initial counter block, 16 bytes
 * @param sealed the encrypted response
 */
public record EscrLine(SessionId sessionId, byte[] iv, byte[] sealed) {
  /**
   * Most bytes that our relay takes before it knows who speaks, newline included: an answer signed
   * by ML-DSA-65 has eleven thousand. The reference's takes 4096.
   */
  public static final int MAX_BYTES = 16_384;

  /** Length of the initial counter block. */
  public static final int IV_BYTES = 16;

  private static final int BLOCK = 16;

  /**
   * AES-256 in counter mode under the session's relay key, no padding: the same operation seals and
   * opens.
   */
  @FunctionalInterface
  public interface Aes {
    byte[] apply(byte[] iv, byte[] bytes);
  }

  public EscrLine {
    requireNonNull(sessionId, "sessionId is null");
    iv = iv.clone();
    sealed = sealed.clone();
  }

  @Override
  public byte[] iv() {
    return iv.clone();
  }

  @Override
  public byte[] sealed() {
    return sealed.clone();
  }

  /**
   * Seals a response.
   *
   * @param iv 16 random bytes, never used before under this key
   */
  public static EscrLine seal(SessionId session, EscrResponse response, byte[] iv, Aes aes) {
    String inner = Base64.getEncoder().encodeToString(response.toText().getBytes(UTF_8));
    return new EscrLine(session, iv, aes.apply(iv, pad(inner.getBytes(US_ASCII))));
  }

  /** Reads a peer's line, without its newline. */
  public static EscrLine parse(String line) throws ProtocolViolation {
    if (line.length() >= MAX_BYTES || !line.chars().allMatch(c -> c >= 33 && c <= 127)) {
      throw new ProtocolViolation("relay response: too long or not plain text");
    }
    int colon = line.indexOf(':');
    if (colon < 0 || colon != line.lastIndexOf(':')) {
      throw new ProtocolViolation("relay response: expected one colon");
    }
    JsonObject outer = JsonObject.parse("relay response", text(line.substring(colon + 1)));
    byte[] iv = outer.requireText("iv", Base64.getDecoder()::decode);
    if (iv.length != IV_BYTES) {
      throw new ProtocolViolation("relay response: its iv has not " + IV_BYTES + " bytes");
    }
    return new EscrLine(
        session(line.substring(0, colon)), iv, outer.requireText("e", Base64.getDecoder()::decode));
  }

  /** Opens the response; a wrong key shows as a response that cannot be read. */
  public EscrResponse open(Aes aes) throws ProtocolViolation {
    byte[] inner = unpad(aes.apply(iv, sealed));
    return EscrResponse.parse(text(new String(inner, US_ASCII)));
  }

  /** The line as sent, with its newline. */
  public byte[] toLine() {
    Base64.Encoder base64 = Base64.getEncoder();
    JsonObject outer =
        JsonObject.builder()
            .put("iv", base64.encodeToString(iv))
            .put("e", base64.encodeToString(sealed))
            .build();
    String packed = base64.encodeToString(outer.toJson().getBytes(UTF_8));
    return (sessionId + ":" + packed + "\n").getBytes(US_ASCII);
  }

  private static SessionId session(String text) throws ProtocolViolation {
    try {
      return SessionId.of(text);
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation("relay response: it does not begin with a session id", e);
    }
  }

  private static String text(String base64) throws ProtocolViolation {
    try {
      return new String(Base64.getDecoder().decode(base64), UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation("relay response: not base64, or sealed with another key");
    }
  }

  private static byte[] pad(byte[] clear) {
    int more = BLOCK - clear.length % BLOCK;
    byte[] padded = Arrays.copyOf(clear, clear.length + more);
    Arrays.fill(padded, clear.length, padded.length, (byte) more);
    return padded;
  }

  private static byte[] unpad(byte[] padded) throws ProtocolViolation {
    int more = padded.length == 0 ? 0 : padded[padded.length - 1];
    if (more < 1 || more > BLOCK || more > padded.length) {
      throw new ProtocolViolation("relay response: sealed with another key");
    }
    return Arrays.copyOf(padded, padded.length - more);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EscrLine line
        && sessionId.equals(line.sessionId)
        && Arrays.equals(iv, line.iv)
        && Arrays.equals(sealed, line.sealed);
  }

  @Override
  public int hashCode() {
    return sessionId.hashCode();
  }

  @Override
  public String toString() {
    return "EscrLine[" + sessionId + "]";
  }
}
