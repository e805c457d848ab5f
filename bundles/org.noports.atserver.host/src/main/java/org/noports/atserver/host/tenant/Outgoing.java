package org.noports.atserver.host.tenant;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Consumer;
import org.noports.api.store.StoreChange;

/**
 * A notification on its way into the queue.
 *
 * @param changes what to put into the batch
 * @param afterwards told whether the batch is known to have happened
 */
public record Outgoing(List<StoreChange> changes, Consumer<Boolean> afterwards) {
  /** Nothing is told to anybody. */
  public static final Outgoing NOTHING = new Outgoing(List.of(), stored -> {});

  public Outgoing {
    changes = List.copyOf(changes);
    requireNonNull(afterwards, "afterwards is null");
  }

  /** To be called once, after the batch: starts the delivery. */
  public void stored(boolean happened) {
    afterwards.accept(happened);
  }
}
