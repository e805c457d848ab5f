package org.noports.atserver.host.verb;

import java.util.concurrent.CompletionStage;
import org.noports.api.ProtocolViolation;
import org.noports.atserver.host.enrollment.Access;
import org.noports.atserver.host.enrollment.EnrollmentRefusal;
import org.noports.atserver.host.enrollment.EnrollmentState;
import org.noports.atserver.host.enrollment.Enrollments;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.protocol.key.AtKey;
import org.noports.protocol.verb.Delete;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.LocalLookup;
import org.noports.protocol.verb.Lookup;
import org.noports.protocol.verb.NotificationJson;
import org.noports.protocol.verb.Notify;
import org.noports.protocol.verb.Update;
import org.noports.protocol.verb.UpdateMeta;
import org.noports.protocol.verb.Verb;

/**
 * What enrolled keys may do with each verb, looked at before the verb is done (atprotocol.md 5).
 * What lists things leaves out what may not be seen instead: scan, monitor, sync, enroll.
 */
final class Permissions {
  private Permissions() {}

  /** Reads the connection's enrollment again; fails, and ends the connection, if it is gone. */
  static CompletionStage<Boolean> renewed(Dialogue dialogue) {
    String id = dialogue.access().enrollmentId().orElseThrow();
    return new Enrollments(dialogue.self(), dialogue.tenant().records())
        .find(id)
        .thenApply(
            found -> {
              EnrollmentState state =
                  found.orElseThrow(() -> EnrollmentRefusal.expired(id)).state();
              if (state != EnrollmentState.APPROVED) {
                throw EnrollmentRefusal.notApproved(id, state).andClose();
              }
              return true;
            });
  }

  /** Refuses a verb about a key that the connection's enrollment does not cover. */
  static void check(Verb verb, Dialogue dialogue) {
    Access access = dialogue.access();
    if (access.full()) {
      return;
    }
    if (verb instanceof Update update) {
      write(access, update.key(), "update");
    } else if (verb instanceof UpdateMeta update) {
      write(access, update.key(), "update");
    } else if (verb instanceof Delete delete) {
      write(access, delete.key(), "delete");
    } else if (verb instanceof LocalLookup lookup) {
      read(access, lookup.key(), "llookup");
    } else if (verb instanceof Lookup lookup) {
      read(access, AtKey.shared(dialogue.self(), lookup.name(), lookup.owner()), "lookup");
    } else if (verb instanceof Notify notify) {
      notify(access, notify, dialogue);
    }
  }

  /** Whether a notification that was received may be known; its value is as secret as its key. */
  static boolean mayHear(NotificationJson told, Access access) {
    if (access.full()) {
      return true;
    }
    if (told.messageType() == Notify.MessageType.TEXT) {
      return access.mayRead(AtKey.self("text", told.to()));
    }
    try {
      return access.mayRead(AtKey.parse(told.key()));
    } catch (ProtocolViolation e) {
      return false;
    }
  }

  private static void notify(Access access, Notify notify, Dialogue dialogue) {
    AtKey key = NotifyVerb.subject(notify, dialogue.self());
    require(access.mayWrite(key), access, "notify", key.toString());
  }

  private static void write(Access access, AtKey key, String verb) {
    require(access.mayWrite(key), access, verb, key.toString());
  }

  private static void read(Access access, AtKey key, String verb) {
    require(access.mayRead(key), access, verb, key.toString());
  }

  private static void require(boolean allowed, Access access, String verb, String key) {
    if (!allowed) {
      throw new Refusal(
          ErrorCode.UNAUTHORIZED,
          "Connection with enrollment ID "
              + access.enrollmentId().orElseThrow()
              + " is not authorized to "
              + verb
              + " key: "
              + key);
    }
  }
}
