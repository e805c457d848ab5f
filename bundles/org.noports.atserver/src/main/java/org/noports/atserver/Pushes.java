package org.noports.atserver;

import org.noports.api.ProtocolViolation;
import org.noports.protocol.verb.NotificationJson;

/** Hears what an atServer pushes, on the loop. */
interface Pushes {
  /** Nobody listens. */
  Pushes NONE = notification -> {};

  void notified(NotificationJson notification);

  /** A notification that cannot be read; the connection goes on. */
  default void unreadable(ProtocolViolation why) {}
}
