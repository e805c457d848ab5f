package org.noports.api;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name of one session, made by the client: a random UUID (version 4) in lower case. It is part
 * of notification keys, so its form is fixed by the wire.
 *
 * @param value the UUID
 */
public record SessionId(UUID value) {
  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  public SessionId {
    requireNonNull(value, "value is null");
  }

  /** A fresh one from the platform's secure random source. */
  public static SessionId random() {
    return new SessionId(UUID.randomUUID());
  }

  /**
   * Reads the text form, case-insensitively.
   *
   * @throws IllegalArgumentException if the text is not a full UUID
   */
  public static SessionId of(String text) {
    String folded = requireNonNull(text, "text is null").trim().toLowerCase(Locale.ROOT);
    if (!FORM.matcher(folded).matches()) {
      throw new IllegalArgumentException(
          Quoted.of(text) + " is not a session id: expected a UUID such as " + new UUID(0, 0));
    }
    return new SessionId(UUID.fromString(folded));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
