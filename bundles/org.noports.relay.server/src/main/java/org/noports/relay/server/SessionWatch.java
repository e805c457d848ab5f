package org.noports.relay.server;

/**
 * Looks at a session now and then: closes pairs that carry nothing, and ends the session when one
 * of its peers has lost the key that it came in with. Used on the session's loop.
 */
final class SessionWatch {
  /** In a third of its time a client and a device that want to meet are here by far. */
  private static final int PATIENCE = 3;

  private final RelaySession session;
  private final SideKeys keys;
  private RelayTimer.Alarm idle = RelayTimer.Alarm.NONE;
  private RelayTimer.Alarm keyCheck = RelayTimer.Alarm.NONE;
  private RelayTimer.Alarm patience = RelayTimer.Alarm.NONE;
  private volatile boolean late;
  private boolean over;

  SessionWatch(RelaySession session, SideKeys keys) {
    this.session = session;
    this.keys = keys;
  }

  void start() {
    if (!over) {
      idleLater();
      keysLater();
      patience =
          session.after(
              session.settings().times().rendezvous().dividedBy(PATIENCE), () -> late = true);
    }
  }

  /** Whether both sides have had more time to come than they need; any thread. */
  boolean isLate() {
    return late;
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
    patience.stop();
  }
}
