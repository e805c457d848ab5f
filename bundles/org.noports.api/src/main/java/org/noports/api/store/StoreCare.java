package org.noports.api.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Looks after a store while it is in use: none of this stops readers or writers for longer than a
 * checkpoint does. An engine may have one; it is registered with the same {@link AtStore#ENGINE}.
 *
 * <p>Backups and exports are files of one format that no engine owns ({@code
 * docs/protocol/store-records.md}): the way from one engine to another, too. They hold what clients
 * have encrypted, and secrets of their own such as CRAM secrets: they are made for their owner
 * only.
 *
 * <p>Thread-safe. Stages fail with {@link org.noports.api.StoreFailed}, whose message names the
 * file.
 */
@ConsumerType
public interface StoreCare {
  /**
   * Writes all that is stored at this moment into {@code file}, or only what belongs to {@code
   * only}: consistent, checked by reading it again, and there whole or not at all; a file that has
   * the name is replaced.
   */
  CompletionStage<StoreReport> backup(Path file, Optional<AtSign> only);

  /**
   * Takes in what a backup holds. The file is checked to its end before anything is changed; each
   * atSign comes whole or not at all. Commit ids that a replaced atSign had given are not given
   * again, and whoever knows them is told to read all anew.
   *
   * @param replace whether atSigns that the store has may be replaced; what the backup does not
   *     name stays. Otherwise a store that has any of them is refused and left as it is
   */
  CompletionStage<StoreReport> restore(Path file, boolean replace);

  /** Writes the store's own files anew without what is no longer used, and makes them shorter. */
  CompletionStage<StoreReport> compact();
}
