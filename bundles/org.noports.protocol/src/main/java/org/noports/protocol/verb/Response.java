package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.protocol.json.JsonObject;

/**
 * What an atServer writes to a client (docs/protocol/atprotocol.md 2.2). Each is one line; the
 * prompt follows it in the same write, since some clients lose a prompt that comes later.
 */
public sealed interface Response {
  /** The text as written, with its newline and {@code prompt} where this response has them. */
  String toText(Prompt prompt);

  /**
   * The verb was done.
   *
   * @param text what follows {@code data:}, one line; {@code null} is written for no result
   */
  record Data(String text) implements Response {
    /** The answer of verbs whose result is nothing. */
    public static final Data NULL = new Data("null");

    public Data {
      requireNonNull(text, "text is null");
      if (text.indexOf('\n') >= 0) {
        throw new IllegalArgumentException("A response is one line");
      }
    }

    @Override
    public String toText(Prompt prompt) {
      return "data:" + text + "\n" + prompt.text();
    }

    @Override
    public String toString() {
      return "Data[" + text.length() + " chars]";
    }
  }

  /**
   * The verb was not done.
   *
   * @param code as written, also if we do not know it
   * @param text what follows the code
   * @param style how both are written
   */
  record Failure(String code, String text, Style style) implements Response {
    /** How a failure is written. */
    public enum Style {
      /** {@code error:AT0015-key not found : …}: the usual one. */
      HYPHEN,
      /** {@code error:AT0026:…}: about the state of an enrollment. */
      COLON,
      /** {@code error:{"errorCode":…}}: for clients that say they can read it. */
      JSON
    }

    public Failure {
      requireNonNull(code, "code is null");
      requireNonNull(text, "text is null");
      requireNonNull(style, "style is null");
    }

    /**
     * A failure's text: authenticated clients see the code's description, others do not; a colon
     * stands in it either way, since two clients cut there (docs/protocol/atprotocol.md 0.5, 2.3).
     */
    public static Failure of(VerbFailure failure, boolean authenticated, Style style) {
      String front = authenticated ? failure.code().description() + " : " : "Exception: ";
      String text = style == Style.COLON ? failure.getMessage() : front + failure.getMessage();
      return new Failure(failure.code().code(), text, style);
    }

    /** The code, if we know it. */
    public Optional<ErrorCode> known() {
      return ErrorCode.of(code);
    }

    /** The text behind the description. */
    public String message() {
      int colon = text.indexOf(": ");
      return colon < 0 || style == Style.COLON ? text : text.substring(colon + 2);
    }

    @Override
    public String toText(Prompt prompt) {
      return switch (style) {
        case HYPHEN -> "error:" + code + "-" + text + "\n" + prompt.text();
        case COLON -> "error:" + code + ":" + text + "\n" + prompt.text();
        case JSON -> "error:" + json().toJson() + "\n" + prompt.text();
      };
    }

    private JsonObject json() {
      return JsonObject.builder().put("errorCode", code).put("errorDescription", text).build();
    }
  }

  /**
   * A notification that nobody asked for just now: it has no prompt.
   *
   * @param notification what was told
   */
  record Push(NotificationJson notification) implements Response {
    public Push {
      requireNonNull(notification, "notification is null");
    }

    @Override
    public String toText(Prompt prompt) {
      return line(notification.toText());
    }

    /** The same of a notification whose JSON is there already. */
    public static String line(String json) {
      return "notification: " + json + "\n";
    }
  }

  /**
   * A visiting atSign was verified: the new prompt is the whole answer.
   *
   * @param visitor who
   */
  record PolAccepted(AtSign visitor) implements Response {
    public PolAccepted {
      requireNonNull(visitor, "visitor is null");
    }

    @Override
    public String toText(Prompt prompt) {
      return Prompt.of(visitor).text();
    }
  }
}
