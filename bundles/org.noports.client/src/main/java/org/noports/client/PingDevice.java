package org.noports.client;

import static org.noports.client.Step.step;

import java.time.Duration;
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

/** Asks a device whether it is there and what it can do (docs/protocol/noports.md 2.4). */
final class PingDevice {

  /** A step of OpenTunnel. */
  CompletionStage<PingResponse> ping(Attempt attempt, Self self) {
    long start = Attempt.now();
    DeviceAddress device = attempt.request().device();
    return attempt
        .waiting(ask(self.post(), device, attempt.settings().deviceTimeout()))
        .thenCompose(step(answer -> PingResponse.parse(answer.value())))
        .thenApply(
            about -> {
              attempt.done(
                  HandshakeStep.DEVICE_PINGED, start, device + ", version " + about.version());
              return about;
            });
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
