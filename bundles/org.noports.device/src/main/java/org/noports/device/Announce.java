package org.noports.device;

import static org.noports.device.Step.step;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Lifetime;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.identity.Identity;
import org.noports.protocol.session.MessageNames;

/**
 * Tells the managers that the device is there (docs/protocol/noports.md 2.3): at start, hourly, and
 * soon after somebody became a manager; takes it back from those who are none any more, and from
 * all when the device hides. Driven by {@link #tick} on the device's thread.
 */
final class Announce {
  static final Duration EVERY = Duration.ofHours(1);
  static final Duration AFTER_FAILURE = Duration.ofMinutes(5);

  private static final Lifetime INFO =
      new Lifetime(Optional.of(Duration.ofDays(30)), Optional.of(-1), true);
  private static final Lifetime USER = new Lifetime(Optional.empty(), Optional.of(-1), true);

  private final Neighbours neighbours;
  private final DeviceInfo info;
  private final Clock clock;
  private final Map<AtSign, Instant> due = new HashMap<>();
  private volatile Optional<String> odd = Optional.empty();

  Announce(Neighbours neighbours, DeviceInfo info, Clock clock) {
    this.neighbours = neighbours;
    this.info = info;
    this.clock = clock;
  }

  /** Forgets what was told: all managers are told anew at the next tick. */
  synchronized void again() {
    due.clear();
  }

  /** Tells whom it is time to tell. */
  void tick(AtServerSession post, DeviceSettings device) {
    List<AtSign> managers = managersOf(device);
    for (AtSign manager : dueOf(managers)) {
      (device.hide() ? takeBack(post, device, manager) : tell(post, device, manager))
          .whenComplete((done, failure) -> conclude(device, manager, failure));
    }
    for (AtSign former : formerOf(managers)) {
      takeBack(post, device, former)
          .whenComplete((done, failure) -> conclude(device, former, failure));
    }
  }

  /** A device needs not be told of itself. */
  private List<AtSign> managersOf(DeviceSettings device) {
    AtSign self = device.address().atSign();
    List<AtSign> known = neighbours.evaluators().known();
    Optional<String> before = odd;
    odd = managesItself(self, known);
    if (odd.isPresent() && before.isEmpty()) {
      DeviceLog.ownManager(device.address(), odd.get());
    }
    return known.stream().filter(manager -> !manager.equals(self)).toList();
  }

  /** What is wrong if the device's own atSign is among its managers, as last looked. Any thread. */
  Optional<String> odd() {
    return odd;
  }

  private static Optional<String> managesItself(AtSign self, List<AtSign> known) {
    return known.contains(self)
        ? Optional.of(
            "its own atSign "
                + self
                + " is among its managers: whoever has this device's key file may then enter it"
                + " from anywhere. Name the atSigns of its clients in 'managers' of"
                + " org.noports.policy.rules instead")
        : Optional.empty();
  }

  private synchronized Set<AtSign> dueOf(List<AtSign> managers) {
    Instant now = clock.instant();
    Set<AtSign> told = new HashSet<>();
    for (AtSign manager : managers) {
      if (!due.getOrDefault(manager, now).isAfter(now)) {
        told.add(manager);
        due.put(manager, now.plus(EVERY));
      }
    }
    return told;
  }

  private synchronized Set<AtSign> formerOf(List<AtSign> managers) {
    if (neighbours.evaluators().all().isEmpty()) {
      return Set.of();
    }
    Set<AtSign> former = new HashSet<>(due.keySet());
    former.removeAll(managers);
    due.keySet().removeAll(former);
    return former;
  }

  private CompletionStage<Void> tell(AtServerSession post, DeviceSettings device, AtSign manager) {
    String user = MessageNames.username(device.name());
    OutgoingNotification hello =
        new OutgoingNotification(
            manager,
            user,
            device.userName(),
            Optional.empty(),
            OutgoingNotification.SESSION_EXPIRY);
    return step((AtSign x) -> about(device))
        .apply(manager)
        .thenCompose(
            text -> post.putShared(MessageNames.deviceInfo(device.name()), manager, text, INFO))
        .thenCompose(done -> post.putShared(user, manager, device.userName(), USER))
        .thenCompose(done -> post.notify(hello))
        .thenAccept(id -> DeviceLog.announced(device.address(), manager));
  }

  private String about(DeviceSettings device) throws NoPortsException {
    Identity self = neighbours.identities().identity(device.address().atSign());
    return info.of(device, self, neighbours.acceptsPublicKeys()).toText();
  }

  private static CompletionStage<Void> takeBack(
      AtServerSession post, DeviceSettings device, AtSign reader) {
    return CompletableFuture.allOf(
        post.deleteShared(MessageNames.deviceInfo(device.name()), reader).toCompletableFuture(),
        post.deleteShared(MessageNames.username(device.name()), reader).toCompletableFuture());
  }

  private void conclude(DeviceSettings device, AtSign manager, Throwable failure) {
    if (failure != null) {
      DeviceLog.notAnnounced(device.address(), manager, Step.cause(failure));
      synchronized (this) {
        due.computeIfPresent(manager, (who, when) -> clock.instant().plus(AFTER_FAILURE));
      }
    }
  }
}
