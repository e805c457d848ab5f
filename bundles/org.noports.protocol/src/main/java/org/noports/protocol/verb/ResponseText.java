package org.noports.protocol.verb;

import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.verb.Response.Failure;

/** Reads one line of an atServer. */
final class ResponseText {
  private static final String DATA = "data:";
  private static final String ERROR = "error:";
  private static final String PUSH = "notification:";

  /** Longest text in front of a response: the greeting and one prompt. */
  private static final int MAX_PROMPT = 2 * (AtSign.MAX_LENGTH + 3);

  private ResponseText() {}

  static Response parse(String line) throws ProtocolViolation {
    String text = withoutPrompt(line);
    if (text.startsWith(DATA)) {
      return new Response.Data(text.substring(DATA.length()));
    }
    if (text.startsWith(PUSH)) {
      return new Response.Push(NotificationJson.parse(text.substring(PUSH.length()).strip()));
    }
    if (text.startsWith(ERROR)) {
      return failure(text.substring(ERROR.length()));
    }
    throw new ProtocolViolation(
        "The atServer's answer is neither data, error nor notification; is this an atServer?");
  }

  private static String withoutPrompt(String line) {
    if (!line.startsWith("@")) {
      return line;
    }
    int end = 0;
    for (int i = 0; i < line.length() && i < MAX_PROMPT && line.charAt(i) != ':'; i++) {
      if (line.charAt(i) == '@') {
        end = i + 1;
      }
    }
    return line.substring(end);
  }

  private static Failure failure(String text) throws ProtocolViolation {
    if (text.startsWith("{")) {
      JsonObject json = JsonObject.parse("error", text);
      return new Failure(
          json.text("errorCode").orElse(""),
          json.text("errorDescription").orElse(""),
          Failure.Style.JSON);
    }
    int end = 0;
    while (end < text.length() && text.charAt(end) != '-' && text.charAt(end) != ':') {
      end++;
    }
    if (end == text.length()) {
      return new Failure(text, "", Failure.Style.HYPHEN);
    }
    return new Failure(
        text.substring(0, end),
        text.substring(end + 1),
        text.charAt(end) == ':' ? Failure.Style.COLON : Failure.Style.HYPHEN);
  }
}
