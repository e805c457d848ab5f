package org.noports.device;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.noports.api.ProtocolViolation;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.protocol.session.InstanceClaim;
import org.noports.protocol.session.InstanceClaim.Kind;
import org.noports.protocol.session.MessageNames;

/**
 * Sees to it that of all processes that run a device of one name under one atSign one alone
 * answers: each says at its start that it is there, by a notification to its own atSign, and each
 * hears the others. The one whose first claim our atServer took first keeps the name; the others
 * rest, say so, and take over when it has gone. Used on the device's thread, but for {@link
 * #restingFor}.
 */
final class SoleDevice {
  /** Claims of ours that the holder may leave unanswered before it is taken for gone. */
  private static final int MISSED = 2;

  private final UUID instance = UUID.randomUUID();
  private final Map<UUID, Other> others = new HashMap<>();
  private Optional<Long> claimed = Optional.empty();
  private boolean wasDeaf;
  private boolean toldTaken;
  private volatile Optional<Other> holder = Optional.empty();

  /** Another process: what it said, since when it has claimed, and how often it was silent. */
  private record Other(InstanceClaim claim, long since, int missed) {
    private Other silent() {
      return new Other(claim, since, missed + 1);
    }

    private String place() {
      return "process " + claim.pid() + " on " + claim.host();
    }
  }

  /** It hears now: claims the name, which asks the others to say that they are there. */
  void claim(AtServerSession post, DeviceSettings device) {
    say(post, device, Kind.ASKS);
  }

  /** Claims again where the outcome may have changed; called now and then. */
  void tick(AtServerSession post, DeviceSettings device) {
    boolean deaf = !post.connected();
    if (!deaf && (wasDeaf || holder.isPresent() || claimed.isEmpty())) {
      say(post, device, Kind.ASKS);
    }
    wasDeaf = deaf;
  }

  /** Tells the others that the name is free. */
  void leave(AtServerSession post, DeviceSettings device) {
    say(post, device, Kind.LEAVES);
  }

  private void say(AtServerSession post, DeviceSettings device, Kind kind) {
    InstanceClaim claim =
        new InstanceClaim(
            instance, claimed, MachineName.get(), ProcessHandle.current().pid(), kind);
    post.notify(
            OutgoingNotification.ofSession(
                device.address().atSign(), MessageNames.instance(device.name()), claim.toText()))
        .exceptionally(
            failure -> {
              DeviceLog.notClaimed(device.address(), Step.cause(failure));
              return null;
            });
  }

  /** A claim of our own atSign: ours that came back, or another process's. */
  void hear(AtServerSession post, DeviceSettings device, Notification message) {
    InstanceClaim claim;
    try {
      claim = InstanceClaim.parse(message.value());
    } catch (ProtocolViolation e) {
      DeviceLog.unknownMessage(device, message.from(), e.getMessage());
      return;
    }
    if (claim.instance().equals(instance)) {
      heardOurselves(claim.kind(), message);
    } else if (claim.kind() == Kind.LEAVES) {
      others.remove(claim.instance());
    } else {
      others.put(claim.instance(), new Other(claim, since(claim, message), 0));
      if (claim.kind() == Kind.ASKS) {
        say(post, device, Kind.ANSWERS);
      }
    }
    decide(device);
  }

  /**
   * When it claimed first. Until it has heard that itself it may say more than once that it does
   * not know: then it is the first of those times, whatever came in between.
   */
  private long since(InstanceClaim claim, Notification message) {
    long now = message.at().toEpochMilli();
    long known =
        Optional.ofNullable(others.get(claim.instance()))
            .map(other -> Math.min(other.since, now))
            .orElse(now);
    return claim.since().orElse(known);
  }

  private void heardOurselves(Kind kind, Notification message) {
    if (claimed.isEmpty()) {
      claimed = Optional.of(message.at().toEpochMilli());
    }
    if (kind != Kind.ASKS) {
      // Nobody answers an answer.
      return;
    }
    others.replaceAll((who, other) -> other.silent());
    others.values().removeIf(other -> other.missed > MISSED);
  }

  private void decide(DeviceSettings device) {
    Optional<Other> before = holder;
    holder = others.values().stream().filter(this::isFirst).findAny();
    if (holder.isPresent() && claimed.isPresent() && !toldTaken) {
      toldTaken = true;
      DeviceLog.nameTaken(device.address(), holder.get().place());
    } else if (holder.isEmpty() && toldTaken) {
      toldTaken = false;
      before.ifPresent(gone -> DeviceLog.nameFree(device.address(), gone.place()));
    }
    for (Other other : others.values()) {
      if (holder.isEmpty() && other.missed == 0 && other.claim.kind() == Kind.ASKS) {
        DeviceLog.nameContested(device.address(), other.place());
      }
    }
  }

  /** Until our own claim has come back everybody else was first. */
  private boolean isFirst(Other other) {
    if (claimed.isEmpty() || other.since < claimed.get()) {
      return true;
    }
    return other.since == claimed.get() && other.claim.instance().compareTo(instance) < 0;
  }

  /** Who answers in our place, and since when; empty while we do. Any thread. */
  Optional<String> restingFor() {
    return holder.map(
        other ->
            other.place()
                + ", since "
                + Instant.ofEpochMilli(other.since).truncatedTo(ChronoUnit.SECONDS));
  }
}
