package org.noports.shell;

import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.NoPortsException;
import org.noports.api.ssh.Recordings;

/** {@code noports:recording-key}: makes the key that recordings of SSH sessions are sealed to. */
@Service
@Command(
    scope = "noports",
    name = "recording-key",
    description = "Makes an auditor's key pair for recordings of SSH sessions",
    detailedDescription = "classpath:recording-key.txt")
public final class RecordingKeyCommand extends NoPortsAction {
  @Argument(
      name = "file",
      required = true,
      description = "Where the private key is to be",
      multiValued = true)
  private List<String> words = List.of();

  @Override
  protected void run() throws NoPortsException {
    Path file = Path.of(only("file", words)).toAbsolutePath();
    out().println(here().require(Recordings.class, "noports-ssh-client").makeKey(file));
    err()
        .println(
            "noports: "
                + file
                + " opens recordings: keep it where no device is. The file above goes to devices, as"
                + " auditorKey in etc/org.noports.ssh.cfg");
  }
}
