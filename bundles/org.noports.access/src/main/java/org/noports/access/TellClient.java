package org.noports.access;

import java.util.Optional;
import org.noports.api.NoPortsException;
import org.noports.api.access.AccessWish;
import org.noports.api.access.TimedAccess;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.identity.Identity;
import org.noports.protocol.access.AccessSaid;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.SignedEnvelope;

/**
 * Tells a client what has become of its request, signed by the device. A client that does not wait
 * any more finds out when it connects.
 */
final class TellClient {
  private final Neighbours neighbours;

  TellClient(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  /** How it stands. */
  void standing(TimedAccess access) {
    AccessSaid.Word word =
        access.granted().isPresent() ? AccessSaid.Word.GRANTED : AccessSaid.Word.WAITING;
    tell(access.wish(), word, access.granted(), "");
  }

  void denied(AccessWish wish, String why) {
    tell(wish, AccessSaid.Word.DENIED, Optional.empty(), why);
  }

  private void tell(
      AccessWish wish, AccessSaid.Word word, Optional<TimedAccess.Span> granted, String why) {
    AccessSaid said =
        new AccessSaid(
            wish.id(), wish.device().name(), word, granted.map(TimedAccess.Span::until), why);
    try {
      Identity self = neighbours.identities().identity(wish.device().atSign());
      String text = SignedEnvelope.sign(said.toJson(), self::signAsEncryption).toText();
      neighbours
          .atServers()
          .session(self.atSign())
          .thenCompose(
              post ->
                  post.notify(
                      OutgoingNotification.ofSession(
                          wish.client(), MessageNames.accessAnswer(wish.device().name()), text)))
          .exceptionally(
              failure -> {
                AccessLog.untold(wish, failure);
                return "";
              });
    } catch (NoPortsException e) {
      AccessLog.untold(wish, e);
    }
  }
}
