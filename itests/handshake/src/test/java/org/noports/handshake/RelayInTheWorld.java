package org.noports.handshake;

import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.RelayReply;
import org.noports.protocol.session.RelayRequest;
import org.noports.testkit.fakes.AtServerWorld;

/** A relay that gives two ports to everybody, where nobody listens: fake tunnel ends never dial. */
final class RelayInTheWorld {
  private final AtServerSession post;
  private final String host;

  RelayInTheWorld(AtServerWorld world, AtSign relay, String host) {
    this.post = world.of(relay);
    this.host = host;
    post.subscribe(name -> name.endsWith(".request_ports.sshrvd"), this::hear);
  }

  private void hear(Notification message) {
    try {
      RelayRequest request = RelayRequest.parse(message.value());
      RelayReply reply = new RelayReply(host, 40001, 40002, "nonce", false, true);
      post.notify(
          OutgoingNotification.ofSession(
              message.from(), MessageNames.relayReply(request.sessionId()), reply.toJson()));
    } catch (ProtocolViolation e) {
      throw new AssertionError(e);
    }
  }
}
