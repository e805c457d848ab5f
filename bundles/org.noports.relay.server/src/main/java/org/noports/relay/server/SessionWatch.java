package org.noports.relay.server;

/**
 * Looks at a session now and then: closes pairs that carry nothing, and ends the session when one
 * of its peers has lost the key that it came in with. Used on the session's loop.
 */
final class SessionWatch {
  private final RelaySession session;
  private final SideKeys keys;
  private RelayTimer.Alarm idle = RelayTimer.Alarm.NONE;
  private RelayTimer.Alarm keyCheck = RelayTimer.Alarm.NONE;
  private boolean over;

  SessionWatch(RelaySession session, SideKeys keys) {
    this.session = session;
    this.keys = keys;
  }

  void start() {
    if (!over) {
      idleLater();
      keysLater();
    }
  }

  private void idleLater() {
    idle = session.after(session.settings().times().idle(), this::closeIdle);
  }

  private void closeIdle() {
    session.rendezvous().closeIdle();
    idleLater();
  }

  private void keysLater() {
    keyCheck = session.after(session.settings().times().keyCheck(), this::checkKeys);
  }

  private void checkKeys() {
    keys.lostSigningKey()
        .whenCompleteAsync(
            (lost, failure) -> {
              if (failure == null && lost.isPresent()) {
                session.endNow(lost.get() + " is no active key any more");
              } else if (!over) {
                keysLater();
              }
            },
            session.loop());
  }

  void stop() {
    over = true;
    idle.stop();
    keyCheck.stop();
  }
}
