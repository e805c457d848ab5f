package org.noports.api.tunnel;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.noports.api.CipherUnavailable;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.Held;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.Provider;
import org.noports.api.cipher.RecordCipher;

/**
 * What computes a suite. A link holds them {@link #held}, and asks nobody for an algorithm by name.
 *
 * @param suite their names
 * @param agreement makes fresh secrets
 * @param derivation makes keys of them
 * @param cipher seals records
 * @param providers who brought them, if they are plug-ins themselves; empty for handles
 */
public record SuiteAlgorithms(
    Suite suite,
    KeyAgreement agreement,
    KeyDerivation derivation,
    RecordCipher cipher,
    Set<Provider> providers) {
  public SuiteAlgorithms {
    requireNonNull(suite, "suite is null");
    requireNonNull(agreement, "agreement is null");
    requireNonNull(derivation, "derivation is null");
    requireNonNull(cipher, "cipher is null");
    providers = Set.copyOf(providers);
  }

  /** Of handles, or of what no bundle brought. */
  public SuiteAlgorithms(
      Suite suite, KeyAgreement agreement, KeyDerivation derivation, RecordCipher cipher) {
    this(suite, agreement, derivation, cipher, Set.of());
  }

  /** The catalogue's handles; whether they are present shows when they are used. */
  public static SuiteAlgorithms of(CipherCatalogue catalogue, Suite suite) {
    return new SuiteAlgorithms(
        suite,
        catalogue.keyAgreement(suite.keyAgreement()),
        catalogue.keyDerivation(suite.hash()),
        catalogue.recordCipher(suite.cipher()));
  }

  /**
   * The providers themselves that serve these handles now: they go on when they are withdrawn.
   * Whoever holds them is a {@link org.noports.api.cipher.CipherUser}.
   *
   * @throws CipherUnavailable if one of them is not present any more
   */
  public SuiteAlgorithms held() throws CipherUnavailable {
    Set<Provider> found = new HashSet<>(providers);
    return new SuiteAlgorithms(
        suite, of(agreement, found), of(derivation, found), of(cipher, found), found);
  }

  private static <T> T of(T algorithm, Set<Provider> found) throws CipherUnavailable {
    Optional<Held<T>> held = Held.of(algorithm);
    held.ifPresent(it -> found.add(it.provider()));
    return held.map(Held::plugIn).orElse(algorithm);
  }
}
