package org.noports.door;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every sentence the door writes to the log. */
final class DoorLog {
  private static final Logger LOG = LoggerFactory.getLogger("org.noports.door");

  void opened(Path socket) {
    LOG.info("door-opened: the command line reaches this instance at {}", socket);
  }

  void stayedShut(IOException reason) {
    LOG.error("door-shut: the command line cannot reach this instance: {}", reason.getMessage());
  }

  void refused(String user) {
    LOG.warn("door-refused: {} is neither the owner nor in the group", user);
  }

  void full(int callers) {
    LOG.warn("door-full: a caller was refused, {} are served already", callers);
  }

  void noShare(String user) {
    LOG.warn(
        "door-share-taken: a call of {} was refused: one member of the group has a quarter of all"
            + " places, and all members together three quarters",
        user);
  }

  void notAdmitted(Exception reason) {
    LOG.warn("door-not-admitted: who called could not be found out; the call was ended", reason);
  }

  void paused(IOException reason) {
    LOG.error("door-pauses: callers wait, because none can be let in: {}", reason.getMessage());
  }

  void garbage(String user, IOException reason) {
    LOG.warn("door-garbage: {} does not speak the door's protocol: {}", user, reason.getMessage());
  }

  void silent(String user) {
    LOG.info("door-silent: {} said nothing in time and was sent away", user);
  }

  void broken(Exception reason) {
    LOG.error("door-broken: the door closes after an unexpected failure", reason);
  }

  void callBroken(String user, Exception reason) {
    LOG.warn("door-call-broken: a call of {} failed unexpectedly and was ended", user, reason);
  }

  void commandFailed(String command, Throwable reason) {
    LOG.info("command-failed: {}", command, reason);
  }

  void goingDown(String user) {
    LOG.info("going-down: asked by {}", user);
  }

  void idle(Duration idle) {
    LOG.info("going-down: nobody has called for {} and no session is open", idle);
  }
}
