package org.noports.device;

import static org.noports.device.Step.step;

import java.util.concurrent.CompletionStage;
import org.noports.api.NoPortsException;
import org.noports.api.SessionId;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.identity.Identity;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.session.MessageNames;

/**
 * What the device says to a session request: a signed envelope for yes, plain text for no
 * (docs/protocol/noports.md 2.6b). Yes is said once the device's side stands.
 */
final class Answers {
  private final Neighbours neighbours;
  private final OurSignatures signatures;

  Answers(Neighbours neighbours, OurSignatures signatures) {
    this.neighbours = neighbours;
    this.signatures = signatures;
  }

  /**
   * Says yes with this payload; a yes that cannot be sent opens nothing. Where secrecy is required
   * that may be for how it would travel.
   */
  CompletionStage<Void> yes(Permitted permitted, JsonObject payload) {
    Asked asked = permitted.asked();
    return step(this::identity)
        .apply(asked)
        .thenCompose(step(self -> signatures.sign(self, payload)))
        .thenCompose(signed -> send(asked, signed.toText(), permitted.required().secrecy()))
        .thenAccept(id -> {});
  }

  /** Says no, with a reason for the user. */
  void no(Asked asked, String text) {
    send(asked, text, false)
        .exceptionally(
            failure -> {
              DeviceLog.unanswered(asked.device(), asked.client(), Step.cause(failure));
              return "";
            });
  }

  private Identity identity(Asked asked) throws NoPortsException {
    return neighbours.identities().identity(asked.device().address().atSign());
  }

  private static CompletionStage<String> send(Asked asked, String value, boolean strict) {
    SessionId session = asked.request().sessionId();
    String name = MessageNames.response(session, asked.device().name());
    return asked
        .post()
        .notify(OutgoingNotification.ofSession(asked.client(), name, value).strictIf(strict));
  }
}
