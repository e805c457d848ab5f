package org.noports.atserver.host.tenant;

import org.noports.api.AtSign;
import org.noports.atserver.host.record.AtNotification;

/** What an atSign's operator should hear of: logged and audited where the host implements this. */
public interface Happenings {
  /** The owner has shown who they are. */
  void authenticated(AtSign self, String proof, String from);

  /** Somebody claimed to be {@code claimed} and could not show it. */
  void authenticationFailed(AtSign self, AtSign claimed, String proof, String from);

  /**
   * Something became of an enrollment.
   *
   * @param state what it is now, {@code pending} or {@code approved} for example
   * @param by whose keys did it: those of an enrollment's id, {@code pkam}, {@code cram}, {@code
   *     passcode}
   * @param from the peer's address
   */
  void enrolled(AtSign self, String id, String state, String by, String from);

  /** Somebody asked for an enrollment with a passcode that is none. */
  void wrongPasscode(AtSign self, String from);

  /** A notification could not be delivered and is given up. */
  void givenUp(AtNotification notification, String why);

  /** A receiver's atServer could not be reached; tried again later. */
  void unreached(AtNotification notification, int attempt, String why);

  /** The atServer itself failed at something. */
  void failed(AtSign self, String what, Throwable why);
}
