package org.noports.api.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A store of many atSigns. A plug-in: register it with the property {@link #ENGINE}. Thread-safe.
 */
@ConsumerType
public interface AtStore {
  /** Service property: the engine's name, for example {@code mvstore}. */
  String ENGINE = "noports.store.engine";

  /** The space of the atDirectory's records: nobody's atSign, and hosted by nobody. */
  AtSign DIRECTORY = AtSign.of("@_directory_records_");

  /** What this engine promises. */
  StoreCapabilities capabilities();

  /** The space of {@code atSign}; empty if there is none. */
  CompletionStage<Optional<AtSignStore>> open(AtSign atSign);

  /** The space of {@code atSign}, made if there is none. */
  CompletionStage<AtSignStore> create(AtSign atSign);

  /** Drops all of an atSign's data; false if there was none. */
  CompletionStage<Boolean> drop(AtSign atSign);

  /** At most {@code limit} atSigns in order, those after {@code after}. */
  CompletionStage<List<AtSign>> atSigns(Optional<AtSign> after, int limit);

  /**
   * Asks to be the one that does the periodic work {@code name} for {@code lease}, among all that
   * use the store.
   *
   * @return a token that is higher than all given before, by which late work of an earlier leader
   *     can be told; empty if another one leads. A store that is not shared always grants
   */
  CompletionStage<Optional<Long>> leader(String name, Duration lease);
}
