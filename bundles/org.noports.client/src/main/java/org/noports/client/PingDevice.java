package org.noports.client;

import static org.noports.client.Step.step;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceOffline;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.session.HandshakeStep;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.PingResponse;

/**
 * Asks a device whether it is there and what it can do (docs/protocol/noports.md 2.4). Whoever asks
 * the same while an answer is awaited gets that answer: it says not whose ping it answers, and its
 * nonce serves any request of the minute.
 */
final class PingDevice {
  private final Map<Asked, Awaited> awaited = new HashMap<>();

  private record Asked(AtServerSession post, DeviceAddress device, Duration within) {}

  /** One ping, and how many wait for its answer. */
  private static final class Awaited {
    private final CompletableFuture<Notification> answer = new CompletableFuture<>();
    private int waiting;
  }

  /** A step of OpenTunnel. */
  CompletionStage<PingResponse> ping(Attempt attempt, Self self) {
    long start = Attempt.now();
    DeviceAddress device = attempt.request().device();
    return attempt
        .waiting(together(new Asked(self.post(), device, attempt.settings().deviceTimeout())))
        .thenCompose(step(answer -> PingResponse.parse(answer.value())))
        .thenApply(
            about -> {
              attempt.done(
                  HandshakeStep.DEVICE_PINGED, start, device + ", version " + about.version());
              return about;
            });
  }

  private CompletableFuture<Notification> together(Asked asked) {
    Awaited ping;
    boolean first;
    synchronized (awaited) {
      ping = awaited.computeIfAbsent(asked, it -> new Awaited());
      first = ping.waiting++ == 0;
    }
    CompletableFuture<Notification> mine = ping.answer.copy();
    mine.whenComplete((answer, failure) -> left(asked, ping));
    if (first) {
      CompletableFuture<Notification> sent = ask(asked.post(), asked.device(), asked.within());
      sent.whenComplete((answer, failure) -> answered(asked, ping, answer, failure));
      ping.answer.whenComplete((answer, failure) -> sent.cancel(true));
    }
    return mine;
  }

  /** Whoever comes later asks anew. */
  private void answered(Asked asked, Awaited ping, Notification answer, Throwable failure) {
    synchronized (awaited) {
      awaited.remove(asked, ping);
    }
    if (failure != null) {
      ping.answer.completeExceptionally(Step.cause(failure));
    } else {
      ping.answer.complete(answer);
    }
  }

  /** With the last one that waits the waiting ends. */
  private void left(Asked asked, Awaited ping) {
    synchronized (awaited) {
      ping.waiting--;
      if (ping.waiting > 0) {
        return;
      }
      awaited.remove(asked, ping);
    }
    ping.answer.cancel(true);
  }

  /** The device's heartbeat, as it came; cancelling the future ends the waiting. */
  CompletableFuture<Notification> ask(AtServerSession post, DeviceAddress device, Duration within) {
    OutgoingNotification ping =
        new OutgoingNotification(
            device.atSign(),
            MessageNames.ping(device.name()),
            MessageNames.PING_VALUE,
            Optional.empty(),
            OutgoingNotification.SESSION_EXPIRY);
    return new AwaitReply(
            post,
            device.atSign(),
            Set.of(MessageNames.heartbeat(device.name())),
            within,
            () -> silent(device, post, within))
        .to(ping);
  }

  private static DeviceOffline silent(DeviceAddress device, AtServerSession post, Duration within) {
    return new DeviceOffline(
        device
            + " did not answer within "
            + within.toSeconds()
            + " s: it is off, or its name is another, or "
            + post.self()
            + " is not among those it answers; see noports:devices, or ask whoever runs it");
  }
}
