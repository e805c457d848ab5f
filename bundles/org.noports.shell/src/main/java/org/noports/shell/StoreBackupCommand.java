package org.noports.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.store.StoreCare;
import org.noports.api.store.StoreReport;

/** {@code noports:store-backup}: writes what the atServers here store into a file. */
@Service
@Command(
    scope = "noports",
    name = "store-backup",
    description = "Writes what the atServers here store into one file, while they run",
    detailedDescription = "classpath:store-backup.txt")
public final class StoreBackupCommand extends NoPortsAction {
  @Argument(
      name = "file",
      required = true,
      description = "The file to write; replaced if it is there",
      multiValued = true)
  private List<String> words = List.of();

  @Option(name = "--only", description = "One atSign's data alone")
  private String only;

  @Override
  protected void run() throws NoPortsException, InterruptedException {
    Path file = Path.of(only("file", words));
    StoreReport report =
        Outcome.of(
            here()
                .require(StoreCare.class, "noports-atserver")
                .backup(file, Optional.ofNullable(only).map(AtSign::of)));
    out()
        .println(
            file
                + " has "
                + report.atSigns()
                + " atSigns, "
                + report.records()
                + " records, "
                + report.bytesAfter()
                + " bytes");
  }
}
