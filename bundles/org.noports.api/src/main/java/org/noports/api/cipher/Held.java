package org.noports.api.cipher;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.noports.api.CipherUnavailable;

/**
 * A plug-in itself, and who brought it. Whoever holds one goes on when it is no longer offered, and
 * must let go of it when {@link CipherUser#leave} names its provider.
 *
 * @param <T> the kind of algorithm
 * @param provider who brought it
 * @param plugIn what computes
 */
public record Held<T>(Provider provider, T plugIn) {
  public Held {
    requireNonNull(provider, "provider is null");
    requireNonNull(plugIn, "plugIn is null");
  }

  /**
   * The plug-in behind a handle; empty if it is no handle.
   *
   * @throws CipherUnavailable if it is one whose algorithm is not present
   */
  @SuppressWarnings("unchecked")
  public static <T> Optional<Held<T>> of(T algorithm) throws CipherUnavailable {
    // A handle of an algorithm gives plug-ins of its own kind.
    return algorithm instanceof AlgorithmHandle<?> handle
        ? Optional.of((Held<T>) handle.held())
        : Optional.empty();
  }
}
