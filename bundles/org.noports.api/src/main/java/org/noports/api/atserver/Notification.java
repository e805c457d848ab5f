package org.noports.api.atserver;

import static java.util.Objects.requireNonNull;

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
 * @param at when the sender's atServer took it
 */
public record Notification(
    String id, AtSign from, String name, String value, String operation, Instant at) {
  public Notification {
    requireNonNull(id, "id is null");
    requireNonNull(from, "from is null");
    requireNonNull(name, "name is null");
    requireNonNull(value, "value is null");
    requireNonNull(operation, "operation is null");
    requireNonNull(at, "at is null");
  }

  @Override
  public String toString() {
    return "Notification[" + id + " " + from + " " + name + ", " + value.length() + " chars]";
  }
}
