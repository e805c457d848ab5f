package org.noports.atserver.host;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.BatchResult;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreChange.Precondition;
import org.noports.atserver.host.record.KeyNames;

/** Which port each atSign has: remembered beside its data, so that it stays over restarts. */
final class PortBook {
  private static final String KEY = KeyNames.OWN + "host:port";

  /** How far a taken port is stepped over. */
  private static final int STEPS = 200;

  private PortBook() {}

  static CompletionStage<Optional<Integer>> remembered(AtSignStore space) {
    return space
        .get(KEY)
        .thenApply(
            found ->
                found.map(
                    entry -> Integer.valueOf(new String(entry.value(), StandardCharsets.UTF_8))));
  }

  static CompletionStage<BatchResult> remember(AtSignStore space, int port) {
    StoreChange put =
        new StoreChange.Put(
            KEY,
            Integer.toString(port).getBytes(StandardCharsets.UTF_8),
            new byte[0],
            Optional.empty(),
            Optional.empty(),
            false,
            Precondition.ANY);
    return space.apply(UUID.randomUUID().toString(), List.of(put));
  }

  /**
   * The ports to try, best first; 0 stands for any.
   *
   * @param first what the configuration gives out from; 0 if it does not matter
   * @param taken those of the other atSigns here
   */
  static List<Integer> candidates(Optional<Integer> remembered, int first, Set<Integer> taken) {
    List<Integer> ports = new ArrayList<>();
    remembered.filter(port -> port >= first && !taken.contains(port)).ifPresent(ports::add);
    if (first == 0) {
      ports.add(0);
      return ports;
    }
    for (int port = first; port <= Math.min(first + STEPS, 65_535); port++) {
      if (!taken.contains(port) && !ports.contains(port)) {
        ports.add(port);
      }
    }
    return ports;
  }
}
