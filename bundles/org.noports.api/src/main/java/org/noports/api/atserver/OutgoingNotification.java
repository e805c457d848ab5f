package org.noports.api.atserver;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.noports.api.AtSign;

/**
 * What we tell another atSign. On the wire its key is {@code @to:name@self}.
 *
 * @param to the receiver
 * @param name the key with its namespace, for example {@code npt_request.dev1.sshnp}
 * @param value clear text; encrypted for the receiver by the session
 * @param ttl how long the value is meant to live; empty for no limit
 * @param expiry after which it is no longer delivered
 * @param strict not sent by what every client reads where a {@link ValueCodec} is set to write: if
 *     that one declines, {@link org.noports.api.RequirementUnmet}; without such a setting it says
 *     nothing
 */
public record OutgoingNotification(
    AtSign to, String name, String value, Optional<Duration> ttl, Duration expiry, boolean strict) {
  /** Longest a request or response of a session is worth delivering. */
  public static final Duration SESSION_TTL = Duration.ofSeconds(10);

  /** How long an undelivered notification is kept (noports.md 2.0). */
  public static final Duration SESSION_EXPIRY = Duration.ofSeconds(60);

  public OutgoingNotification {
    requireNonNull(to, "to is null");
    requireNonNull(name, "name is null");
    requireNonNull(value, "value is null");
    requireNonNull(ttl, "ttl is null");
    requireNonNull(expiry, "expiry is null");
  }

  /** One that may be sent as every client does. */
  public OutgoingNotification(
      AtSign to, String name, String value, Optional<Duration> ttl, Duration expiry) {
    this(to, name, value, ttl, expiry, false);
  }

  /** The same, strict if that is {@code required}. */
  public OutgoingNotification strictIf(boolean required) {
    return new OutgoingNotification(to, name, value, ttl, expiry, required);
  }

  /** A message of a session: ttl 10 s, expiry 60 s. */
  public static OutgoingNotification ofSession(AtSign to, String name, String value) {
    return new OutgoingNotification(to, name, value, Optional.of(SESSION_TTL), SESSION_EXPIRY);
  }

  @Override
  public String toString() {
    return "OutgoingNotification[" + to + " " + name + ", " + value.length() + " chars]";
  }
}
