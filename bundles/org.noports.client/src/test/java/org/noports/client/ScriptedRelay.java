package org.noports.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.RelayReply;
import org.noports.protocol.session.RelayRequest;
import org.noports.testkit.fakes.AtServerWorld;

/** A relay as a client sees it; its knobs make it go wrong. */
final class ScriptedRelay {
  static final AtSign AT_SIGN = AtSign.of("@relay");

  final List<RelayRequest> requests = new CopyOnWriteArrayList<>();
  final List<String> modes = new CopyOnWriteArrayList<>();
  volatile boolean answers = true;
  volatile boolean findsOut = true;
  volatile boolean json = true;
  volatile Optional<String> nack = Optional.empty();

  /** Who answers; another than the relay is an impostor. */
  volatile AtServerSession voice;

  ScriptedRelay(AtServerWorld world) {
    this.voice = world.of(AT_SIGN);
    voice.subscribe(name -> name.endsWith(".sshrvd"), this::hear);
  }

  private void hear(Notification message) {
    try {
      if (message.name().endsWith(".auth_modes.sshrvd")) {
        modes.add(message.value());
        return;
      }
      RelayRequest request = RelayRequest.parse(message.value());
      requests.add(request);
      if (nack.isPresent()) {
        say(message.from(), MessageNames.relayNack(request.sessionId()), nack.get());
      } else if (answers) {
        RelayReply reply =
            new RelayReply("relay.example.org", 40001, 40002, "relay-nonce", false, findsOut);
        say(
            message.from(),
            MessageNames.relayReply(request.sessionId()),
            json ? reply.toJson() : reply.toFields());
      }
    } catch (ProtocolViolation e) {
      throw new AssertionError(e);
    }
  }

  private void say(AtSign to, String name, String value) {
    voice.notify(OutgoingNotification.ofSession(to, name, value));
  }
}
