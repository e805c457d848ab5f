package org.noports.api.cipher;

import org.noports.api.CipherUnavailable;

/**
 * An algorithm by name, as the {@link CipherCatalogue} hands it out: each of its calls goes to the
 * best provider of that moment. A session that begins asks once for the one that is to serve it,
 * and never by name again.
 *
 * @param <T> the kind of algorithm
 */
public interface AlgorithmHandle<T> {
  /**
   * The best provider now.
   *
   * @throws CipherUnavailable if there is none
   */
  Held<T> held() throws CipherUnavailable;
}
