package org.noports.cipher.catalogue.plugin;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.RecordCipher;

/**
 * The parts of suites that only our own bundles may bring: a session's level is known by these
 * names, so that who lends one to another computation would pass for a level that it is not.
 */
public final class OwnNames {
  private static final Map<String, Set<String>> BY_KIND =
      Map.of(
          PresentAlgorithm.KEY_AGREEMENT,
          Set.of(KeyAgreement.X25519, KeyAgreement.X_WING, KeyAgreement.ML_KEM_1024),
          PresentAlgorithm.RECORD,
          Set.of(RecordCipher.AES_256_GCM, RecordCipher.CHACHA20_POLY1305),
          PresentAlgorithm.KEY_DERIVATION,
          Set.of(KeyDerivation.SHA_256, KeyDerivation.SHA_384));

  private OwnNames() {}

  /** Why it is not taken under that name; empty if it may have it. */
  public static Optional<String> refusal(PresentAlgorithm what) {
    return what.foreign() && BY_KIND.getOrDefault(what.kind(), Set.of()).contains(what.name())
        ? Optional.of(
            "the "
                + what.kind()
                + " algorithm "
                + what.name()
                + " is taken from the bundles that come with NoPorts only; a third party's needs a"
                + " name of its own")
        : Optional.empty();
  }
}
