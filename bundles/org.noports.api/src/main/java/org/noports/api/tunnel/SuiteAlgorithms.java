package org.noports.api.tunnel;

import static java.util.Objects.requireNonNull;

import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.RecordCipher;

/**
 * What computes a suite. A session holds these, and asks nobody for an algorithm by name.
 *
 * @param suite their names
 * @param agreement makes fresh secrets
 * @param derivation makes keys of them
 * @param cipher seals records
 */
public record SuiteAlgorithms(
    Suite suite, KeyAgreement agreement, KeyDerivation derivation, RecordCipher cipher) {
  public SuiteAlgorithms {
    requireNonNull(suite, "suite is null");
    requireNonNull(agreement, "agreement is null");
    requireNonNull(derivation, "derivation is null");
    requireNonNull(cipher, "cipher is null");
  }

  /** The catalogue's handles; whether they are present shows when they are used. */
  public static SuiteAlgorithms of(CipherCatalogue catalogue, Suite suite) {
    return new SuiteAlgorithms(
        suite,
        catalogue.keyAgreement(suite.keyAgreement()),
        catalogue.keyDerivation(suite.hash()),
        catalogue.recordCipher(suite.cipher()));
  }
}
