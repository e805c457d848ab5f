package org.noports.audit.chain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.api.audit.AuditEvent;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;

/**
 * A line as it was found in a file.
 *
 * @param head its number and the hash that it says it has
 * @param prev the hash that it carries of the line before
 * @param event what happened
 * @param first the format, if it is the first line of a file
 * @param intact whether its hash is that of its text
 * @param signature what it is signed by, if it is
 * @param text the line, without its end
 */
public record KeptLine(
    ChainHead head,
    String prev,
    AuditEvent event,
    Optional<Long> first,
    boolean intact,
    Optional<Signature> signature,
    String text) {
  private static final int HASH_CHARS = 43;
  private static final int TAIL = ChainLine.HASH_MARK.length() + HASH_CHARS + 2;

  /**
   * A signature, and what it is over.
   *
   * @param over the bytes that were signed
   * @param bytes the signature itself
   */
  record Signature(byte[] over, byte[] bytes) {}

  /**
   * Reads a line without its end.
   *
   * @throws ProtocolViolation if it is no line of a chain, whoever wrote it
   */
  public static KeptLine of(byte[] line) throws ProtocolViolation {
    JsonObject json = JsonObject.parse("the line", new String(line, UTF_8));
    int open = line.length - TAIL;
    String tail = new String(line, Math.max(0, open), line.length - Math.max(0, open), ISO_8859_1);
    if (open < 0 || !tail.startsWith(ChainLine.HASH_MARK) || !tail.endsWith(ChainLine.END)) {
      throw new ProtocolViolation("the line does not end with its hash");
    }
    String hash =
        tail.substring(ChainLine.HASH_MARK.length(), ChainLine.HASH_MARK.length() + HASH_CHARS);
    return new KeptLine(
        new ChainHead(json.requireWhole("n"), hash),
        json.requireText("prev"),
        event(json),
        json.whole(ChainLine.FORMAT_FIELD),
        Sha256.of(line, open).equals(hash),
        json.has("signature") ? Optional.of(signature(json, line, open)) : Optional.empty(),
        new String(line, UTF_8));
  }

  private static Signature signature(JsonObject json, byte[] line, int open)
      throws ProtocolViolation {
    String text = json.requireText("signature");
    int over = open - ChainLine.SIGNATURE_MARK.length() - text.length() - 1;
    String marked = ChainLine.SIGNATURE_MARK + text + "\"";
    if (over < 0
        || !new String(line, over, open - over, ISO_8859_1).equals(marked)
        || !text.matches("[A-Za-z0-9_-]+")) {
      throw new ProtocolViolation("the line's signature does not stand before its hash");
    }
    try {
      return new Signature(Arrays.copyOf(line, over), Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation("the line's signature is not base64", e);
    }
  }

  private static AuditEvent event(JsonObject json) throws ProtocolViolation {
    Map<String, String> details = new LinkedHashMap<>();
    JsonObject all = json.requireObject("details");
    for (Map.Entry<String, JsonValue> entry : all.fields().entrySet()) {
      details.put(entry.getKey(), all.requireText(entry.getKey()));
    }
    try {
      return new AuditEvent(
          Instant.parse(json.requireText("at")), json.requireText("event"), details);
    } catch (DateTimeParseException e) {
      throw new ProtocolViolation("the line's time is none", e);
    }
  }

  boolean is(String event) {
    return this.event.event().equals(event);
  }

  /** One of the event's details, or the empty text. */
  public String detail(String name) {
    return event.details().getOrDefault(name, "");
  }
}
