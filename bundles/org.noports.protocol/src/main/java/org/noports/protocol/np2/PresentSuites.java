package org.noports.protocol.np2;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.tunnel.Suite;

/**
 * The suites whose parts are all present at one moment (docs/protocol/np2.md 2).
 *
 * @param present what was present then
 */
public record PresentSuites(List<PresentAlgorithm> present) {
  /** Best first. A hybrid agreement stands while either of its parts does. */
  private static final List<String> AGREEMENTS = List.of(KeyAgreement.X_WING, KeyAgreement.X25519);

  private static final List<String> CIPHERS =
      List.of(RecordCipher.AES_256_GCM, RecordCipher.CHACHA20_POLY1305);

  public PresentSuites {
    present = List.copyOf(present);
  }

  /** What is present now. */
  public static PresentSuites of(CipherCatalogue catalogue) {
    return new PresentSuites(catalogue.present());
  }

  /** The suites, best first. */
  public List<Suite> suites() {
    List<Suite> suites = new ArrayList<>();
    for (String agreement : AGREEMENTS) {
      for (String cipher : CIPHERS) {
        Suite suite = new Suite(agreement, KeyDerivation.SHA_256, cipher);
        if (has(suite)) {
          suites.add(suite);
        }
      }
    }
    return List.copyOf(suites);
  }

  private boolean has(Suite suite) {
    return provider(PresentAlgorithm.KEY_AGREEMENT, suite.keyAgreement()).isPresent()
        && provider(PresentAlgorithm.KEY_DERIVATION, suite.hash()).isPresent()
        && provider(PresentAlgorithm.RECORD, suite.cipher()).isPresent();
  }

  private Optional<String> provider(String kind, String name) {
    return present.stream()
        .filter(what -> what.kind().equals(kind) && what.name().equals(name))
        .map(PresentAlgorithm::bundle)
        .findFirst();
  }

  /** Those of {@code wanted}, in their order, that are here: the first is the one to choose. */
  public List<Suite> common(List<Suite> wanted) {
    List<Suite> here = suites();
    return wanted.stream().filter(here::contains).toList();
  }

  /** The bundles that compute what the suites here need, for receipts. */
  public String providers() {
    return suites().stream()
        .flatMap(
            suite ->
                List.of(
                    provider(PresentAlgorithm.KEY_AGREEMENT, suite.keyAgreement()),
                    provider(PresentAlgorithm.KEY_DERIVATION, suite.hash()),
                    provider(PresentAlgorithm.RECORD, suite.cipher()))
                    .stream())
        .flatMap(Optional::stream)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
