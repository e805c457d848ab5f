package org.noports.policy.remote;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.api.Causes;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.ProtocolViolation;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.policy.AccessRequest;
import org.noports.protocol.policy.PolicyHeartbeat;
import org.noports.protocol.policy.RpcNames;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.PingResponse;

/**
 * Tells the policy service every minute, or more often, of each device that was asked for, and
 * takes the rules that it sends for one (docs/protocol/noports.md 7.4 and 7.5). All of it on one
 * thread.
 */
final class Heartbeats implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(60);
  private static final Duration EXPIRY = Duration.ofMinutes(5);

  private final Posts posts;
  private final Snapshots snapshots;
  private final Supplier<Optional<RemoteSettings>> settings;
  private final Runnable changed;
  private final Map<DeviceAddress, String> groups = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread own = new Thread(task, "noports-policy-remote");
            own.setDaemon(true);
            return own;
          });

  Heartbeats(
      Posts posts,
      Snapshots snapshots,
      Supplier<Optional<RemoteSettings>> settings,
      Runnable changed) {
    this.posts = posts;
    this.snapshots = snapshots;
    this.settings = settings;
    this.changed = changed;
    later();
  }

  /** Often enough that rules do not grow too old while the service is there. */
  private void later() {
    Duration quarter = settings.get().map(now -> now.snapshotAge().dividedBy(4)).orElse(EVERY);
    long millis = Math.min(EVERY.toMillis(), quarter.toMillis());
    try {
      thread.schedule(this::tick, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The bundle is being stopped.
    }
  }

  private void tick() {
    beat();
    later();
  }

  /** Learns of a device by what is asked for it; what it had of the rules counts again. */
  void meet(AccessRequest request) {
    if (groups.put(request.device(), request.deviceGroup()) == null) {
      execute(() -> settings.get().ifPresent(now -> snapshots.load(now, request.device())));
      execute(() -> beat(request.device()));
    }
  }

  /** Begins with all devices anew: another service is asked, or through another atServer. */
  void again() {
    List<DeviceAddress> known = List.copyOf(groups.keySet());
    execute(() -> settings.get().ifPresent(now -> known.forEach(d -> snapshots.load(now, d))));
    execute(this::beat);
  }

  private void beat() {
    groups.keySet().forEach(this::beat);
  }

  private void beat(DeviceAddress device) {
    settings
        .get()
        .ifPresent(
            now ->
                posts
                    .of(device.atSign())
                    .thenCompose(post -> post.notify(heartbeat(now, device)))
                    .exceptionally(failure -> unheard(now, failure)));
  }

  private static String unheard(RemoteSettings now, Throwable failure) {
    PolicyRemoteLog.notTold(now.policy(), Causes.of(failure));
    return "";
  }

  private OutgoingNotification heartbeat(RemoteSettings now, DeviceAddress device) {
    PingResponse about =
        new PingResponse(
            device.name().name(),
            groups.getOrDefault(device, PingResponse.NO_GROUP),
            "",
            "",
            Map.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty());
    PolicyHeartbeat beat =
        new PolicyHeartbeat(
            about.deviceGroupName(),
            Optional.of(
                new PolicyHeartbeat.Wanted(
                    snapshots.revision(device), snapshots.fresh(now, device))));
    return new OutgoingNotification(
        now.policy(),
        MessageNames.policyHeartbeat(device.name()),
        text(beat, about),
        Optional.empty(),
        EXPIRY);
  }

  private static String text(PolicyHeartbeat beat, PingResponse about) {
    try {
      return beat.toText(about);
    } catch (ProtocolViolation e) {
      throw new IllegalStateException("What we wrote ourselves can be read", e);
    }
  }

  /** Hears what may be rules for a device of {@code self}. */
  void hear(AtSign self, Notification message) {
    Optional<DeviceName> name = RpcNames.ofSnapshot(message.name());
    Optional<RemoteSettings> now = settings.get();
    if (name.isEmpty() || now.isEmpty() || !message.operation().equals("update")) {
      return;
    }
    DeviceAddress device = new DeviceAddress(self, name.get());
    if (!groups.containsKey(device)) {
      // Of another machine of this atSign; one that is asked for later tells what it has then.
      return;
    }
    if (!message.from().equals(now.get().policy())) {
      PolicyRemoteLog.refused(
          device, message.from(), "it is not the policy service of this machine");
      return;
    }
    posts
        .of(self)
        .thenCompose(post -> post.publicKeyOf(message.from()))
        .thenAccept(key -> execute(() -> take(now.get(), device, message.value(), key)))
        .exceptionally(
            failure -> {
              PolicyRemoteLog.refused(
                  device, message.from(), "its key: " + Causes.of(failure).getMessage());
              return null;
            });
  }

  private void take(RemoteSettings now, DeviceAddress device, String value, String key) {
    snapshots.take(now, device, value, key);
    // Also what cannot be taken says that the service decides by other rules now.
    changed.run();
  }

  private void execute(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      // The bundle is being stopped.
    }
  }

  /** Runs after what was begun before. */
  Executor thread() {
    return thread;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
