package org.noports.api.directory;

import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.HostPort;

/** Maps an atSign to its atServer. */
public interface AtDirectory {
  /**
   * Finds the atServer of {@code atSign}, from a cache where that is fresh.
   *
   * <p>Fails with {@link org.noports.api.AtSignNotFound} or {@link
   * org.noports.api.DirectoryUnavailable}; completes on an I/O loop.
   */
  CompletionStage<HostPort> find(AtSign atSign);

  /** Drops what is cached for {@code atSign}; its atServer may have moved. */
  void forget(AtSign atSign);
}
