package org.noports.atserver.host;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import org.noports.api.AtSign;
import org.noports.api.AtSignNotFound;
import org.noports.api.HostPort;
import org.noports.api.directory.AtDirectory;
import org.noports.api.directory.DirectoryRecords;

/** An atDirectory that is a map. */
final class TableDirectory implements AtDirectory, DirectoryRecords {
  private final Map<AtSign, HostPort> table = new ConcurrentSkipListMap<>();

  @Override
  public CompletionStage<HostPort> find(AtSign atSign) {
    HostPort found = table.get(atSign);
    return found == null
        ? CompletableFuture.failedFuture(new AtSignNotFound("no " + atSign))
        : CompletableFuture.completedFuture(found);
  }

  @Override
  public void forget(AtSign atSign) {}

  @Override
  public void register(AtSign atSign, HostPort atServer) {
    table.put(atSign, atServer);
  }

  @Override
  public boolean remove(AtSign atSign) {
    return table.remove(atSign) != null;
  }

  @Override
  public HostPort address() {
    return new HostPort("localhost", 64);
  }

  @Override
  public Map<AtSign, HostPort> all() {
    return Map.copyOf(table);
  }
}
