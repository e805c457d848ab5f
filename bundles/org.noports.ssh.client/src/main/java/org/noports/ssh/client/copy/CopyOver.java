package org.noports.ssh.client.copy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import org.apache.sshd.client.session.ClientSession;
import org.noports.api.NoPortsException;
import org.noports.api.SessionGone;
import org.noports.api.SessionRefused;
import org.noports.api.door.CallerTerminal;
import org.noports.api.door.RawCall;
import org.noports.ssh.client.login.Places;
import org.noports.ssh.client.login.Talk;
import org.noports.ssh.client.words.CopyRequest;

/** Copies over one login what somebody asked for. */
public final class CopyOver {
  private static final int USUAL_COLUMNS = 80;

  private CopyOver() {}

  /**
   * Copies all that can be copied; blocks until that is done, and an interrupt ends it.
   *
   * @return the first thing that was not copied, if any; it was told
   */
  public static Optional<NoPortsException> run(
      ClientSession session, CopyRequest asked, RawCall call, Places places, Talk talk)
      throws NoPortsException, InterruptedIOException {
    boolean shown = call.showing() && !asked.login().quiet();
    Progress progress =
        new Progress(
            call.err(),
            shown,
            () -> call.terminal().map(CallerTerminal::columns).orElse(USUAL_COLUMNS),
            System::nanoTime);
    try (There there = There.of(session, asked.login().way().device().toString())) {
      Here here = new Here(places);
      Side from = asked.upload() ? here : there;
      Side to = asked.upload() ? there : here;
      return new CopyFiles(from, to, asked, progress, line -> talk.say("noports: " + line)).all();
    } catch (InterruptedIOException interrupted) {
      throw interrupted;
    } catch (IOException e) {
      if (!session.isOpen()) {
        throw new SessionGone("The connection broke: " + e.getMessage(), e);
      }
      throw new SessionRefused(
          "The SSH server at "
              + asked.login().way().device()
              + " serves no files (the subsystem sftp): "
              + e.getMessage(),
          e);
    }
  }
}
