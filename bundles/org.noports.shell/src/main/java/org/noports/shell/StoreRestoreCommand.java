package org.noports.shell;

import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.NoPortsException;
import org.noports.api.store.StoreCare;
import org.noports.api.store.StoreReport;

/** {@code noports:store-restore}: takes in what a backup holds. */
@Service
@Command(
    scope = "noports",
    name = "store-restore",
    description = "Takes a backup into the store of the atServers here",
    detailedDescription = "classpath:store-restore.txt")
public final class StoreRestoreCommand extends NoPortsAction {
  @Argument(
      name = "file",
      required = true,
      description = "A file that store-backup wrote",
      multiValued = true)
  private List<String> words = List.of();

  @Option(name = "--replace", description = "Replace atSigns that the store already has")
  private boolean replace;

  @Override
  protected void run() throws NoPortsException, InterruptedException {
    Path file = Path.of(only("file", words));
    StoreReport report =
        Outcome.of(here().require(StoreCare.class, "noports-atserver").restore(file, replace));
    out().println(report.atSigns() + " atSigns, " + report.records() + " records were taken in");
  }
}
