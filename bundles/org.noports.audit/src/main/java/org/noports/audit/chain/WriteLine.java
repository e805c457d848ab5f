package org.noports.audit.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import org.noports.api.audit.AuditEvent;
import org.noports.api.identity.SigningKey;
import org.noports.protocol.json.JsonObject;

/**
 * Writes an event as the next line of a chain: {@code
 * {"n":…,"at":…,"event":…,"details":{…},"prev":…,"hash":…}}, where the hash is of all that stands
 * before its comma, and {@code prev} is the hash of the line before.
 */
public final class WriteLine {
  /** A longer value is cut: a peer must not fill the disk with one event. */
  public static final int LONGEST_VALUE = 4096;

  /** More of them are left out, so that a line has an end ({@link ReadLines#LONGEST_LINE}). */
  static final int MOST_DETAILS = 32;

  private WriteLine() {}

  /** A line, with its end. */
  public static ChainLine next(ChainHead head, AuditEvent event) {
    return ended(head.number() + 1, unended(JsonObject.builder(), head, event));
  }

  /** The first line of a file. */
  public static ChainLine first(ChainHead head, AuditEvent event) {
    return ended(
        head.number() + 1,
        unended(JsonObject.builder().put(ChainLine.FORMAT_FIELD, ChainLine.FORMAT), head, event));
  }

  /** A line that is signed: by {@code key}, over all that stands before the signature's comma. */
  public static ChainLine signed(ChainHead head, AuditEvent event, SigningKey key) {
    String open = unended(JsonObject.builder(), head, event);
    byte[] signature = key.sign(open.getBytes(UTF_8));
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    return ended(head.number() + 1, open + ChainLine.SIGNATURE_MARK + text + "\"");
  }

  private static String unended(JsonObject.Builder line, ChainHead head, AuditEvent event) {
    String json =
        line.put("n", head.number() + 1)
            .put("at", event.at().toString())
            .put("event", cut(event.event()))
            .put("details", details(event.details()))
            .put("prev", head.hash())
            .build()
            .toJson();
    return json.substring(0, json.length() - 1);
  }

  private static ChainLine ended(long number, String open) {
    String hash = Sha256.of(open.getBytes(UTF_8));
    return new ChainLine(
        new ChainHead(number, hash), open + ChainLine.HASH_MARK + hash + ChainLine.END);
  }

  private static JsonObject details(Map<String, String> all) {
    JsonObject.Builder details = JsonObject.builder();
    Iterator<Map.Entry<String, String>> left = all.entrySet().iterator();
    for (int i = 0; i < MOST_DETAILS && left.hasNext(); i++) {
      Map.Entry<String, String> entry = left.next();
      details.put(cut(entry.getKey()), cut(entry.getValue()));
    }
    if (left.hasNext()) {
      details.put("leftOut", Integer.toString(all.size() - MOST_DETAILS));
    }
    return details.build();
  }

  private static String cut(String value) {
    return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
  }
}
