package org.noports.shell;

import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.NoPortsException;
import org.noports.api.ProtocolViolation;
import org.noports.api.ssh.Recordings;

/** {@code noports:recording-open}: prints what was recorded of an SSH session. */
@Service
@Command(
    scope = "noports",
    name = "recording-open",
    description = "Opens a recording of an SSH session with the auditor's key",
    detailedDescription = "classpath:recording-open.txt")
public final class RecordingOpenCommand extends NoPortsAction {
  @Argument(name = "file", required = true, description = "The recording", multiValued = true)
  private List<String> words = List.of();

  @Option(
      name = "--key",
      required = true,
      description = "File of the auditor's private key, as noports:recording-key made it")
  private String key;

  @Override
  protected void run() throws NoPortsException {
    Path file = Path.of(only("file", words));
    boolean whole =
        here().require(Recordings.class, "noports-ssh-client").open(file, Path.of(key), out());
    if (!whole) {
      throw new ProtocolViolation(
          "The recording stops before its end was written: its device stopped suddenly, or somebody"
              + " has cut it. What was printed is genuine, and not all");
    }
  }
}
