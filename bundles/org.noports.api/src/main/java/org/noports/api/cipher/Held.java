package org.noports.api.cipher;

import static java.util.Objects.requireNonNull;

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
}
