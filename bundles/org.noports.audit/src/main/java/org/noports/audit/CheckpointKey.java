package org.noports.audit;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.noports.api.IdentityUnusable;
import org.noports.api.identity.SigningKey;
import org.noports.api.identity.SigningKeyFiles;

/**
 * The key that signs checkpoints, from whoever keeps such keys now. A key that was had once is kept
 * when its keeper goes: the last checkpoint is written while all of them go.
 */
final class CheckpointKey {
  private record Had(Path file, SigningKey key) {}

  private final AtomicReference<SigningKeyFiles> keeper = new AtomicReference<>();
  private volatile Optional<Had> had = Optional.empty();
  private volatile Optional<String> missing = Optional.empty();

  /** Reads a file at first; on the thread that writes. */
  Optional<SigningKey> key(Path file) {
    if (had.filter(it -> it.file().equals(file)).isEmpty()) {
      had = open(file).map(key -> new Had(file, key));
    }
    return had.map(Had::key);
  }

  private Optional<SigningKey> open(Path file) {
    Optional<SigningKeyFiles> files = Optional.ofNullable(keeper.get());
    try {
      Optional<SigningKey> key =
          files.isEmpty() ? Optional.empty() : Optional.of(files.get().openOrMake(file));
      because(
          key.isPresent()
              ? Optional.empty()
              : Optional.of("org.noports.identity, which keeps the key, is not running here"));
      return key;
    } catch (IdentityUnusable e) {
      because(Optional.of(e.getMessage()));
      return Optional.empty();
    }
  }

  /** The number of the last checkpoint could not be noted beside the key; empty if it could. */
  void noted(Optional<String> failure) {
    because(failure);
  }

  private void because(Optional<String> why) {
    if (!missing.equals(why)) {
      why.ifPresent(AuditLog::unsigned);
    }
    missing = why;
  }

  /** Why nothing is signed, or not as it should be. */
  Optional<String> missing() {
    return missing;
  }

  void bind(SigningKeyFiles files) {
    keeper.set(files);
    had = Optional.empty();
  }

  void unbind(SigningKeyFiles files) {
    keeper.compareAndSet(files, null);
  }
}
