package org.noports.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AuditBroken;
import org.noports.api.NoPortsException;
import org.noports.api.audit.AuditReport;
import org.noports.api.audit.AuditTrail;
import org.noports.api.audit.AuditTrail.Noted;
import org.noports.api.audit.AuditTrail.Question;
import org.noports.api.identity.Fingerprint;

/** {@code noports:audit-verify}: finds any edit, removal, reordering or gap in the audit. */
@Service
@Command(
    scope = "noports",
    name = "audit-verify",
    description = "Verifies that what the audit has kept was not changed",
    detailedDescription = "classpath:audit-verify.txt")
public final class AuditVerifyCommand extends NoPortsAction {
  @Argument(
      name = "files",
      description = "Files of one chain, in order; all of this instance's unless said otherwise",
      multiValued = true)
  private List<String> words = List.of();

  @Option(
      name = "--key",
      multiValued = true,
      description = "Fingerprint of a key that may have signed; else the first that did")
  private List<String> keys = List.of();

  @Option(name = "--expect", description = "NUMBER:HASH that was noted elsewhere and must be there")
  private String expect;

  @Override
  protected void run() throws NoPortsException {
    List<String> files = new Words(this).settle(words);
    AuditReport report =
        here()
            .require(AuditTrail.class, "noports-base")
            .verify(
                new Question(
                    files.stream().map(Path::of).toList(),
                    keys.stream().map(Fingerprint::of).toList(),
                    Optional.ofNullable(expect).map(Noted::of)));
    report.notes().forEach(note -> out().println("note: " + note));
    report.findings().forEach(finding -> out().println(finding));
    out()
        .println(
            report.lines()
                + " lines in "
                + report.files()
                + " files; the last is "
                + report.last()
                + ":"
                + report.lastHash()
                + "; signed up to line "
                + report.signed()
                + (report.keys().isEmpty() ? "" : " by " + String.join(", ", report.keys())));
    if (!report.findings().isEmpty()) {
      throw new AuditBroken(
          "The audit is not what was written: "
              + report.findings().size()
              + " findings, the first at "
              + report.findings().get(0));
    }
  }
}
