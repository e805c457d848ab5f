package org.noports.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.NoPortsException;
import org.noports.api.store.StoreCare;
import org.noports.api.store.StoreReport;

/** {@code noports:store-compact}: makes the store's file as short as it can be. */
@Service
@Command(
    scope = "noports",
    name = "store-compact",
    description = "Writes the store's file anew without what is no longer used",
    detailedDescription = "classpath:store-compact.txt")
public final class StoreCompactCommand extends NoPortsAction {
  @Override
  protected void run() throws NoPortsException, InterruptedException {
    StoreReport report = Outcome.of(here().require(StoreCare.class, "noports-atserver").compact());
    out().println(report.bytesBefore() + " bytes before, " + report.bytesAfter() + " bytes now");
  }
}
