package org.noports.api.atserver;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.noports.api.AtSign;

/**
 * What another atSign told us, decrypted.
 *
 * @param id the sender's id of it
 * @param from the sender, as its atServer authenticated it
 * @param name the key without receiver and owner, lower case: {@code npt_request.dev1.sshnp}
 * @param value clear text
 * @param operation {@code update} or {@code delete}
 * @param at when our atServer took it, by its own clock
 * @param age how long ago that was when it came here, whatever this machine's clock says; never
 *     negative, and zero where it cannot be told
 */
public record Notification(
    String id, AtSign from, String name, String value, String operation, Instant at, Duration age) {
  /** After this nobody waits for the answer to a session's message, and relay ports are gone. */
  public static final Duration SESSION_PATIENCE = Duration.ofSeconds(30);

  public Notification {
    requireNonNull(id, "id is null");
    requireNonNull(from, "from is null");
    requireNonNull(name, "name is null");
    requireNonNull(value, "value is null");
    requireNonNull(operation, "operation is null");
    requireNonNull(at, "at is null");
    requireNonNull(age, "age is null");
  }

  /** One that came at once. */
  public Notification(
      String id, AtSign from, String name, String value, String operation, Instant at) {
    this(id, from, name, value, operation, at, Duration.ZERO);
  }

  /** Whether the answer to a session's message would come too late. */
  public boolean late() {
    return age.compareTo(SESSION_PATIENCE) > 0;
  }

  @Override
  public String toString() {
    return "Notification[" + id + " " + from + " " + name + ", " + value.length() + " chars]";
  }
}
