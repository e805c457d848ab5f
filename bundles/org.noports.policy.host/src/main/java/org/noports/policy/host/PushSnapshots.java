package org.noports.policy.host;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.api.Causes;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.IdentityUnusable;
import org.noports.api.ProtocolViolation;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.identity.Identities;
import org.noports.api.policy.RuleBook;
import org.noports.api.policy.RuleBooks;
import org.noports.protocol.policy.PolicyHeartbeat;
import org.noports.protocol.policy.PolicySnapshot;
import org.noports.protocol.policy.RpcNames;
import org.noports.protocol.session.SignedEnvelope;

/**
 * Hears devices' heartbeats, and sends those that want them our rules, signed: when theirs are
 * others or old, and at once when ours change (docs/protocol/noports.md 7.4 and 7.5).
 */
final class PushSnapshots {
  /** What managers alone permit is no book: while we are gone nobody is permitted. */
  private static final String EMPTY_BOOK = "format: 1\n";

  /** Longer ones do not fit into a notification that every atServer takes. */
  static final int MOST_CHARS = 512 * 1024;

  /** A device that was not heard for so long is not there. */
  private static final Duration HEARD = Duration.ofMinutes(15);

  /** Enough for one service; more are answered all the same. */
  private static final int MOST_DEVICES = 10_000;

  private static final Duration EXPIRY = Duration.ofHours(1);

  private final Supplier<Optional<RuleBooks>> books;
  private final Supplier<Optional<Identities>> identities;
  private final Clock clock;
  private final Map<DeviceAddress, Instant> heard = new ConcurrentHashMap<>();
  private volatile String problem = "";

  PushSnapshots(
      Supplier<Optional<RuleBooks>> books, Supplier<Optional<Identities>> identities, Clock clock) {
    this.books = books;
    this.identities = identities;
    this.clock = clock;
  }

  static boolean isHeartbeat(String name) {
    return RpcNames.ofHeartbeat(name).isPresent();
  }

  /** One heartbeat; never throws. */
  void hear(AtServerSession post, HostSettings settings, Notification message) {
    Optional<DeviceName> name = RpcNames.ofHeartbeat(message.name());
    if (name.isEmpty() || !message.operation().equals("update") || message.late()) {
      return;
    }
    if (!settings.serves(message.from())) {
      PolicyHostLog.stranger(message.from());
      return;
    }
    DeviceAddress device = new DeviceAddress(message.from(), name.get());
    try {
      PolicyHeartbeat beat = PolicyHeartbeat.parse(message.value());
      say(post, message.from(), RpcNames.config(device.name()), PolicyHeartbeat.answer());
      beat.snapshot().ifPresent(has -> met(post, settings, device, has));
    } catch (ProtocolViolation e) {
      PolicyHostLog.refused(message.from(), e.getMessage());
    }
  }

  private void met(
      AtServerSession post,
      HostSettings settings,
      DeviceAddress device,
      PolicyHeartbeat.Wanted has) {
    if (heard.size() < MOST_DEVICES || heard.containsKey(device)) {
      heard.put(device, clock.instant());
    }
    book()
        .filter(book -> !has.fresh() || !has.revision().equals(PolicySnapshot.revisionOf(book)))
        .ifPresent(book -> push(post, settings, device, book));
  }

  /** The rules have changed: all devices that are there get them. */
  void changed(AtServerSession post, HostSettings settings) {
    Instant since = clock.instant().minus(HEARD);
    heard.values().removeIf(since::isAfter);
    book()
        .ifPresent(
            book ->
                heard.keySet().stream()
                    .filter(device -> settings.serves(device.atSign()))
                    .forEach(device -> push(post, settings, device, book)));
  }

  /** Empty while no rules are there or none were read yet: then devices keep those they have. */
  private Optional<String> book() {
    return books
        .get()
        .flatMap(RuleBooks::inForce)
        .map(RuleBook::text)
        .map(text -> text.isEmpty() ? EMPTY_BOOK : text);
  }

  private void push(
      AtServerSession post, HostSettings settings, DeviceAddress device, String book) {
    if (book.length() > MOST_CHARS) {
      problem =
          "The rules are too long to be sent to devices: "
              + book.length()
              + " characters, of at most "
              + MOST_CHARS;
      return;
    }
    try {
      PolicySnapshot snapshot = PolicySnapshot.of(settings.atSign(), device, clock.instant(), book);
      String value = signed(settings.atSign(), snapshot);
      problem = "";
      PolicyHostLog.pushed(device, snapshot.revision());
      say(post, device.atSign(), RpcNames.snapshot(device.name()), value);
    } catch (IdentityUnusable e) {
      problem = "The rules cannot be signed: " + e.getMessage();
    }
  }

  private String signed(AtSign self, PolicySnapshot snapshot) throws IdentityUnusable {
    Identities ours =
        identities
            .get()
            .orElseThrow(() -> new IdentityUnusable("org.noports.identity is not running here"));
    return SignedEnvelope.sign(snapshot.toPayload(), ours.identity(self)::signAsEncryption)
        .toText();
  }

  private static CompletionStage<String> say(
      AtServerSession post, AtSign to, String name, String value) {
    return post.notify(new OutgoingNotification(to, name, value, Optional.empty(), EXPIRY))
        .exceptionally(
            failure -> {
              PolicyHostLog.notSent(to, Causes.of(failure));
              return "";
            });
  }

  /** Why devices do not get our rules; empty text if they do. */
  String problem() {
    return problem;
  }
}
