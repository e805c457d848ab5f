package org.noports.device;

import java.util.Optional;
import java.util.function.Supplier;
import org.noports.api.HostPort;
import org.noports.api.ProtocolViolation;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Notification;
import org.noports.api.policy.RequestKind;
import org.noports.protocol.session.MessageNames;

/**
 * Hears what clients say to one device and hands each message to whose duty it is: {@link
 * AnswerPing}, {@link MeasureRelays}, {@link AdmitSession}, {@link AcceptPublicKey}. Silence is for
 * strangers and for what cannot be read.
 */
final class SessionRequests {
  private final Supplier<DeviceSettings> settings;
  private final AnswerPing ping;
  private final MeasureRelays relays;
  private final AdmitSession admit;
  private final AcceptPublicKey keys;
  private final TakeAccessRequest access;
  private final Receipts receipts;
  private final SoleDevice sole;
  private final Supplier<HostPort> sshd;

  /**
   * @param sshd where the device's sshd is
   */
  SessionRequests(
      Supplier<DeviceSettings> settings,
      SoleDevice sole,
      AnswerPing ping,
      MeasureRelays relays,
      AdmitSession admit,
      AcceptPublicKey keys,
      TakeAccessRequest access,
      Supplier<HostPort> sshd,
      Receipts receipts) {
    this.settings = settings;
    this.sshd = sshd;
    this.ping = ping;
    this.relays = relays;
    this.admit = admit;
    this.keys = keys;
    this.access = access;
    this.receipts = receipts;
    this.sole = sole;
  }

  /** One message; runs on the device's thread and never throws. */
  void hear(AtServerSession post, Notification message) {
    DeviceSettings device = settings.get();
    Optional<String> duty = MessageNames.ofDevice(device.name(), message.name());
    if (duty.isEmpty() || !message.operation().equals("update")) {
      return;
    }
    if (duty.get().equals(MessageNames.INSTANCE)) {
      if (message.from().equals(device.address().atSign())) {
        sole.hear(post, device, message);
      }
      return;
    }
    if (sole.restingFor().isPresent()) {
      // The other one of our name answers.
      return;
    }
    if (message.late()) {
      tooLate(device, message, duty.get());
      return;
    }
    try {
      switch (duty.get()) {
        case MessageNames.PING -> ping.answer(post, device, message.from());
        case MessageNames.RELAY_LATENCY_REQUEST -> relays.answer(post, device, message);
        case MessageNames.NPT_REQUEST -> session(device, message, RequestKind.TUNNEL, post);
        case MessageNames.SSH_REQUEST -> session(device, message, RequestKind.SSH, post);
        case MessageNames.SSH_PUBLIC_KEY -> keys.accept(device, message);
        case MessageNames.ACCESS_REQUEST -> access.take(post, device, message);
        default -> DeviceLog.unknownMessage(device, message.from(), duty.get());
      }
    } catch (RuntimeException e) {
      DeviceLog.broken(device, message.from(), e);
    }
  }

  /** What was told while we were deaf, or away: its sender has given up. */
  private void tooLate(DeviceSettings device, Notification message, String duty) {
    if (duty.equals(MessageNames.ACCESS_REQUEST)) {
      access.tooLate(device, message);
      return;
    }
    String why =
        "it came "
            + message.age().toSeconds()
            + " s after it was sent, and nobody waits for the answer any more";
    RequestKind kind =
        switch (duty) {
          case MessageNames.PING, MessageNames.RELAY_LATENCY_REQUEST -> RequestKind.PING;
          case MessageNames.SSH_REQUEST -> RequestKind.SSH;
          case MessageNames.SSH_PUBLIC_KEY -> RequestKind.PUBLIC_KEY;
          default -> RequestKind.TUNNEL;
        };
    receipts.refused(device, message.from(), kind, "late", why);
  }

  private void session(
      DeviceSettings device, Notification message, RequestKind kind, AtServerSession post) {
    Asked asked;
    try {
      asked =
          kind == RequestKind.SSH
              ? Asked.readSsh(post, device, message, sshd.get())
              : Asked.read(post, device, message);
    } catch (ProtocolViolation e) {
      receipts.refused(
          device, message.from(), kind, "malformed", "cannot be read: " + e.getMessage());
      return;
    }
    admit.admit(asked);
  }
}
