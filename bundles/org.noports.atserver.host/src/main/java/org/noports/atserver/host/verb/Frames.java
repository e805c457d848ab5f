package org.noports.atserver.host.verb;

import java.util.concurrent.CompletionException;
import org.noports.api.StoreFailed;
import org.noports.atserver.host.enrollment.EnrollmentRefusal;
import org.noports.atserver.host.peer.PeerTrouble;
import org.noports.atserver.host.record.QuotaReached;
import org.noports.atserver.host.record.StoreAbsent;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.atserver.host.tenant.Refusals;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.Prompt;
import org.noports.protocol.verb.Response;
import org.noports.protocol.verb.Response.Failure.Style;
import org.noports.protocol.verb.VerbFailure;

/** Gives answers and failures the form that this connection's client reads (atprotocol.md 2). */
final class Frames {
  /**
   * Monitors hear no prompt: two clients take one that stands in front of the next notification for
   * part of it, and none waits for it (atprotocol.md 3.15).
   */
  private static final Prompt NONE = new Prompt("");

  private Frames() {}

  static Answer success(Response response, Dialogue dialogue) {
    return new Answer(response.toText(prompt(dialogue, false)), dialogue.ending());
  }

  /** The answer to a command that failed; what is our own fault is reported too. */
  static Answer failure(Throwable thrown, Dialogue dialogue) {
    boolean state = cause(thrown) instanceof EnrollmentRefusal;
    VerbFailure failure = translated(thrown, dialogue);
    Style style = state ? Style.COLON : dialogue.readsJsonErrors() ? Style.JSON : Style.HYPHEN;
    Response.Failure response = Response.Failure.of(failure, dialogue.isOwner(), style);
    return new Answer(response.toText(prompt(dialogue, true)), failure.closing());
  }

  private static Throwable cause(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  /** What a failure is to the client; what is our own fault is reported too. */
  static VerbFailure translated(Throwable thrown, Dialogue dialogue) {
    Throwable cause = cause(thrown);
    if (cause instanceof VerbFailure failure) {
      return failure;
    }
    if (cause instanceof EnrollmentRefusal refusal) {
      return new VerbFailure(refusal.code(), refusal.getMessage(), refusal.closing());
    }
    if (cause instanceof PeerTrouble trouble) {
      return translated(Refusals.of(trouble), dialogue);
    }
    if (cause instanceof Refusal refusal) {
      return new VerbFailure(refusal.code(), refusal.getMessage(), refusal.closing());
    }
    if (cause instanceof QuotaReached quota) {
      // Not closing, though AT0002 does: what is to be deleted can be deleted on this connection.
      boolean space = quota.kind() == QuotaReached.Kind.SPACE;
      return new VerbFailure(
          space ? ErrorCode.DATA_STORE : ErrorCode.TOO_MANY_REQUESTS, quota.getMessage(), false);
    }
    if (cause instanceof StoreAbsent absent) {
      return new VerbFailure(ErrorCode.INTERNAL_ERROR, absent.getMessage());
    }
    dialogue.tenant().happenings().failed(dialogue.self(), "a command", cause);
    return cause instanceof StoreFailed
        ? new VerbFailure(ErrorCode.DATA_STORE, "the store failed; try again")
        : new VerbFailure(ErrorCode.INTERNAL_EXCEPTION, "unexpected failure", true);
  }

  /** Errors show no visitor, as the reference has it (atprotocol.md 2.1). */
  private static Prompt prompt(Dialogue dialogue, boolean error) {
    if (dialogue.monitoring()) {
      return NONE;
    }
    if (dialogue.standing() instanceof Standing.Visitor visitor && !error) {
      return Prompt.of(visitor.atSign());
    }
    return dialogue.isOwner() ? Prompt.of(dialogue.self()) : Prompt.NOBODY;
  }
}
