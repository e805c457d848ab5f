package org.noports.atserver.host.verb;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.noports.atserver.host.enrollment.Passcodes;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.Otp;
import org.noports.protocol.verb.Response;

/** {@code otp}: the codes by which strangers may ask for an enrollment (atprotocol.md 3.7). */
final class OtpVerb implements VerbHandler<Otp> {
  @Override
  public CompletionStage<Response> handle(Otp otp, Dialogue dialogue) {
    Passcodes passcodes = new Passcodes(dialogue.self(), dialogue.tenant().records());
    boolean allowed =
        otp.passcode().isPresent()
            ? dialogue.access().decidesEnrollments()
            : dialogue.access().seesEnrollments();
    if (!allowed) {
      throw new Refusal(
          ErrorCode.UNAUTHORIZED,
          "Connection with enrollment ID "
              + dialogue.access().enrollmentId().orElseThrow()
              + " is not authorized to "
              + (otp.passcode().isPresent() ? "set" : "get")
              + " passcodes");
    }
    if (otp.passcode().isPresent()) {
      Duration life = Duration.ofMillis(otp.ttlMillis().orElse(0L));
      return passcodes.keep(otp.passcode().get(), life).thenApply(done -> new Response.Data("ok"));
    }
    Duration life =
        otp.ttlMillis()
            .filter(millis -> millis > 0)
            .map(Duration::ofMillis)
            .orElseGet(() -> dialogue.tenant().limits().enrollment().passcodeLife());
    return passcodes.issue(life).thenApply(Response.Data::new);
  }
}
