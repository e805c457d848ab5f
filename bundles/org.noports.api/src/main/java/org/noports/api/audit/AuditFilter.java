package org.noports.api.audit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.noports.api.AtSign;

/**
 * Which events are meant: those that are all of it.
 *
 * @param client of this client; an event that names no client is not meant
 * @param session the beginning of a session's id
 * @param event the event's name; with {@code *} at its end the beginning of it
 * @param since not older than this
 */
public record AuditFilter(
    Optional<AtSign> client,
    Optional<String> session,
    Optional<String> event,
    Optional<Instant> since) {
  /** Every event. */
  public static final AuditFilter ALL =
      new AuditFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public AuditFilter {
    requireNonNull(client, "client is null");
    requireNonNull(session, "session is null");
    requireNonNull(event, "event is null");
    requireNonNull(since, "since is null");
  }

  /** Whether {@code happened} is meant. */
  public boolean matches(AuditEvent happened) {
    return client.map(it -> it.name().equals(happened.details().get("client"))).orElse(true)
        && session
            .map(it -> happened.details().getOrDefault("session", "").startsWith(it))
            .orElse(true)
        && event.map(it -> named(it, happened.event())).orElse(true)
        && since.map(it -> !happened.at().isBefore(it)).orElse(true);
  }

  private static boolean named(String wanted, String name) {
    return wanted.endsWith("*")
        ? name.startsWith(wanted.substring(0, wanted.length() - 1))
        : name.equals(wanted);
  }
}
