package org.noports.api.atserver;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.noports.api.AtSign;
import org.noports.api.Subscription;

/**
 * One of our atSigns at its atServer: look up, put, notify, hear. Values for others are encrypted
 * end to end by the session; the caller sees clear text only.
 *
 * <p>Thread-safe. Stages fail with one of the {@link org.noports.api.NoPortsException} family and
 * complete on an I/O loop. A lost connection is re-established; a request under way then fails with
 * {@link org.noports.api.AtServerUnavailable} and may be repeated.
 */
public interface AtServerSession {
  AtSign self();

  /**
   * Sends an encrypted notification.
   *
   * @return the notification's id, once our atServer has taken it for delivery
   */
  CompletionStage<String> notify(OutgoingNotification notification);

  /**
   * Hears every notification whose key {@code wanted} accepts, decrypted, each once, in the order
   * of its sender, on an I/O loop. What the sender could not have encrypted for us is reported and
   * dropped.
   */
  Subscription subscribe(Predicate<String> wanted, Consumer<Notification> listener);

  /** The encryption public key that {@code atSign} publishes: base64 X.509, always fetched anew. */
  CompletionStage<String> publicKeyOf(AtSign atSign);

  /**
   * A public value: {@code name} without {@code public:} and without its owner.
   *
   * <p>Fails with {@link org.noports.api.ValueNotFound} if {@code owner} publishes none, with
   * {@link org.noports.api.AtSignNotFound} if there is no such atSign.
   */
  CompletionStage<String> lookUpPublic(String name, AtSign owner);

  /** Publishes a value for everybody to read. */
  CompletionStage<Void> putPublic(String name, String value);

  /** Stores a value, encrypted for {@code reader}, who reads it from our atServer. */
  CompletionStage<Void> putShared(String name, AtSign reader, String value, Lifetime lifetime);

  /** Reads the value that {@code owner} stored for us; fails as {@link #lookUpPublic} does. */
  CompletionStage<String> lookUpShared(String name, AtSign owner);

  /**
   * Stores our own clear value under {@code name}, only if there is none yet: elects one of several
   * instances. Gone after the lifetime's {@code ttl}.
   *
   * @return true if this call stored it
   */
  CompletionStage<Boolean> putIfAbsent(String name, String value, Lifetime lifetime);

  /** Removes a value that we stored for {@code reader}. */
  CompletionStage<Void> deleteShared(String name, AtSign reader);

  /** Names of stored keys that match a regular expression, as the atServer's scan prints them. */
  CompletionStage<List<String>> scan(String regex);

  /** Whether our atServer hears us and we hear it, as far as is known. */
  boolean connected();

  /**
   * What cannot be heard, since when, why, and when it is tried again, as one clause for people;
   * empty while all is well.
   */
  default Optional<String> deaf() {
    return connected() ? Optional.empty() : Optional.of("the connection to our atServer is lost");
  }
}
