package org.noports.atserver.host.verb;

import java.util.concurrent.CompletionStage;
import org.noports.api.ProtocolViolation;
import org.noports.atserver.host.enrollment.Access;
import org.noports.atserver.host.enrollment.EnrollmentRefusal;
import org.noports.atserver.host.enrollment.EnrollmentState;
import org.noports.atserver.host.enrollment.Enrollments;
import org.noports.atserver.host.record.KeyNames;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.protocol.key.AtKey;
import org.noports.protocol.verb.ConfigBlock;
import org.noports.protocol.verb.Delete;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.LocalLookup;
import org.noports.protocol.verb.Lookup;
import org.noports.protocol.verb.NotificationJson;
import org.noports.protocol.verb.Notify;
import org.noports.protocol.verb.NotifyAll;
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
    } else if (verb instanceof NotifyAll all) {
      notify(access, all.toOne(all.to().get(0)), dialogue);
    } else if (verb instanceof ConfigBlock) {
      require(access.root(), access, "config", KeyNames.blockList(dialogue.self()));
    }
  }

  /** Whether a value of that key may be known. */
  static boolean mayRead(String key, Access access) {
    if (access.full()) {
      return true;
    }
    try {
      return access.mayRead(AtKey.parse(key));
    } catch (ProtocolViolation e) {
      return false;
    }
  }

  /** Whether a notification that was received may be known; a text has no namespace. */
  static boolean mayHear(NotificationJson told, Access access) {
    return told.messageType() == Notify.MessageType.TEXT
        ? access.mayRead(AtKey.self("text", told.to()))
        : mayRead(told.key(), access);
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

  /** Refuses what an enrollment does not cover. */
  static void require(boolean allowed, Access access, String verb, String key) {
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
