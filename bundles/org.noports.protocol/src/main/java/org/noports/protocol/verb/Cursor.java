package org.noports.protocol.verb;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Walks over what follows a verb's name: parameters, each {@code :word} or {@code :name:value}, in
 * any case, then a rest.
 */
final class Cursor {
  private static final Pattern TIME =
      Pattern.compile(
          ":(null(?=[: ]|$)|\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?Z)");
  private static final int VALUE_LIMIT = 100_000;

  private final String text;
  private int at;
  private int peekedAt = -1;
  private String peeked = "";

  Cursor(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  /** Takes {@code :word}, if it comes next. */
  boolean take(String word) {
    if (!peek().equalsIgnoreCase(word)) {
      return false;
    }
    at += 1 + word.length();
    return true;
  }

  /** Takes {@code :word} where more follows: what comes last is a name, whatever it is called. */
  boolean flag(String word) {
    return text.startsWith(":", at + 1 + peek().length()) && take(word);
  }

  /** Takes {@code :name:value}, if it comes next. */
  Optional<String> parameter(String name) throws VerbFailure {
    int afterName = at + 1 + name.length();
    if (!peek().equalsIgnoreCase(name) || !text.startsWith(":", afterName)) {
      return Optional.empty();
    }
    at = afterName;
    String value = peek();
    if (value.isEmpty() || value.length() > VALUE_LIMIT || value.indexOf('@') >= 0) {
      throw VerbFailure.syntax("Invalid syntax. No value for " + name);
    }
    at += 1 + value.length();
    return Optional.of(value);
  }

  /** Takes {@code :name:time}, whose time has colons itself or is null, if it comes next. */
  Optional<String> time(String name) throws VerbFailure {
    int afterName = at + 1 + name.length();
    if (!peek().equalsIgnoreCase(name) || !text.startsWith(":", afterName)) {
      return Optional.empty();
    }
    Matcher matcher = TIME.matcher(text).region(afterName, text.length());
    if (!matcher.lookingAt()) {
      throw VerbFailure.syntax("Invalid syntax. No time for " + name);
    }
    at = matcher.end();
    return Optional.of(matcher.group(1));
  }

  /** Skips a colon with nothing behind it, which some clients write. */
  boolean skipEmpty() {
    if (text.startsWith("::", at)) {
      at++;
      return true;
    }
    return false;
  }

  /** The word behind the colon that comes next, up to a colon or white space; may be empty. */
  String peek() {
    if (peekedAt != at) {
      peeked = word();
      peekedAt = at;
    }
    return peeked;
  }

  private String word() {
    if (!text.startsWith(":", at)) {
      return "";
    }
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != ':' && text.charAt(end) > ' ') {
      end++;
    }
    return text.substring(at + 1, end);
  }

  /** The rest behind a colon. */
  String rest() throws VerbFailure {
    if (!text.startsWith(":", at)) {
      throw VerbFailure.syntax("Invalid syntax. Expected ':' after the verb's name");
    }
    return text.substring(at + 1);
  }

  /** The rest behind a space, if there is one; anything else is an error. */
  Optional<String> spaced() throws VerbFailure {
    if (atEnd()) {
      return Optional.empty();
    }
    if (text.charAt(at) != ' ') {
      throw VerbFailure.syntax("Invalid syntax. Unknown parameter " + shown(peek()));
    }
    String regex = text.substring(at + 1).strip();
    return regex.isEmpty() ? Optional.empty() : Optional.of(regex);
  }

  private static String shown(String word) {
    return word.length() > 20 ? word.substring(0, 20) + "..." : word;
  }
}
