package org.noports.shell;

import java.time.Duration;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.Secret;
import org.noports.api.atserver.Enrollments;

/** {@code noports:otp}: a code with which a program may ask for keys. */
@Service
@Command(
    scope = "noports",
    name = "otp",
    description = "Makes a one-time code for an enrollment, or sets a passcode for many",
    detailedDescription = "classpath:otp.txt")
public final class OtpCommand extends NoPortsAction {
  @Option(name = "--from", aliases = "-f", description = "Your atSign")
  @Completion(AtSignCompleter.class)
  private String from;

  @Option(name = "--minutes", description = "How long it is good; 0 for the atServer's default")
  private int minutes;

  @Option(name = "--set", description = "Set a passcode that may be used again, and ask for it")
  private boolean set;

  @Option(name = "--passcode-file", description = "File with the passcode to set")
  private String passcodeFile;

  @Override
  protected void run() throws NoPortsException, InterruptedException {
    AtSign self = here().from(from);
    Enrollments enrollments = here().require(Enrollments.class, "noports-base");
    Optional<Duration> life =
        minutes <= 0 ? Optional.empty() : Optional.of(Duration.ofMinutes(minutes));
    if (!set && passcodeFile == null) {
      out().println(Outcome.of(enrollments.oneTimeCode(self, life)));
      return;
    }
    try (Secret passcode = asking().secret("the new passcode of " + self, passcodeFile)) {
      Outcome.of(enrollments.setPasscode(self, passcode, life));
    }
    out().println("The passcode of " + self + " is set; who has it may ask for keys.");
  }
}
