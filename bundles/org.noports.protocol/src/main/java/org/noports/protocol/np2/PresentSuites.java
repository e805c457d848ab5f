package org.noports.protocol.np2;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.tunnel.Suite;

/**
 * The suites whose parts are all present at one moment (docs/protocol/np2.md 2).
 *
 * @param present what was present then, the preferred of a kind first
 */
public record PresentSuites(List<PresentAlgorithm> present) {
  /** An offer has room for no more (docs/protocol/np2.md 3). */
  private static final int MOST = 16;

  public PresentSuites {
    present = List.copyOf(present);
  }

  /** What is present now. */
  public static PresentSuites of(CipherCatalogue catalogue) {
    return new PresentSuites(catalogue.present());
  }

  /**
   * The suites, best first: as the catalogue prefers key agreements, and among those of one
   * agreement as it prefers ciphers.
   */
  public List<Suite> suites() {
    return names(PresentAlgorithm.KEY_AGREEMENT)
        .flatMap(
            agreement ->
                names(PresentAlgorithm.RECORD)
                    .map(cipher -> new Suite(agreement, hash(agreement), cipher)))
        .filter(this::has)
        .limit(MOST)
        .toList();
  }

  private Stream<String> names(String kind) {
    return present.stream()
        .filter(what -> what.kind().equals(kind))
        .map(PresentAlgorithm::name)
        .distinct();
  }

  /** As strong as the agreement whose secret it stretches. */
  private static String hash(String agreement) {
    return agreement.equals(KeyAgreement.ML_KEM_1024)
        ? KeyDerivation.SHA_384
        : KeyDerivation.SHA_256;
  }

  private boolean has(Suite suite) {
    return parts(suite).count() == Suite.PARTS;
  }

  private Stream<PresentAlgorithm> parts(Suite suite) {
    return Stream.of(
            part(PresentAlgorithm.KEY_AGREEMENT, suite.keyAgreement()),
            part(PresentAlgorithm.KEY_DERIVATION, suite.hash()),
            part(PresentAlgorithm.RECORD, suite.cipher()))
        .flatMap(Optional::stream);
  }

  private Optional<PresentAlgorithm> part(String kind, String name) {
    return present.stream()
        .filter(what -> what.kind().equals(kind) && what.name().equals(name))
        .findFirst();
  }

  /** Whether a third party computes any part of it. */
  boolean foreign(Suite suite) {
    return parts(suite).anyMatch(PresentAlgorithm::foreign);
  }

  /** Those of {@code wanted}, in their order, that are here: the first is the one to choose. */
  public List<Suite> common(List<Suite> wanted) {
    List<Suite> here = suites();
    return wanted.stream().filter(here::contains).toList();
  }

  /** The bundles that compute what the suites here need, for receipts. */
  public String providers() {
    return suites().stream()
        .flatMap(this::parts)
        .map(PresentAlgorithm::bundle)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
