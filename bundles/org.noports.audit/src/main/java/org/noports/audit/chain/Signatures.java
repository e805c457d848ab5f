package org.noports.audit.chain;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.noports.api.identity.Fingerprint;

/** Verifies checkpoints: by the keys that are expected, or by the one that signed first. */
final class Signatures {
  private final List<Fingerprint> expected;
  private final List<String> seen = new ArrayList<>();

  Signatures(List<Fingerprint> expected) {
    this.expected = expected;
  }

  /** What is wrong with a checkpoint; nothing if it is good. */
  Optional<String> flaw(KeptLine line) {
    if (line.signature().isEmpty()) {
      return Optional.of("the checkpoint has no signature");
    }
    String key = line.detail("key");
    try {
      if (!verifies(key, line.signature().get())) {
        return Optional.of("the checkpoint's signature is not by the key that it names");
      }
      return unknown(Fingerprint.ofPublicKey(key));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.of("the checkpoint names no Ed25519 key");
    }
  }

  private static boolean verifies(String key, KeptLine.Signature signature)
      throws GeneralSecurityException {
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key))));
    verifier.update(signature.over());
    return verifier.verify(signature.bytes());
  }

  private Optional<String> unknown(Fingerprint key) {
    boolean known =
        expected.isEmpty() ? seen.isEmpty() || seen.contains(key.text()) : expected.contains(key);
    if (!seen.contains(key.text())) {
      seen.add(key.text());
    }
    return known
        ? Optional.empty()
        : Optional.of(
            "the checkpoint is signed by "
                + key
                + ", which is none of the expected keys; if it is yours, name all of them by"
                + " --key");
  }

  /** Whether it was said who may have signed. */
  boolean areExpected() {
    return !expected.isEmpty();
  }

  /** Fingerprints of the keys that signed. */
  List<String> seen() {
    return seen;
  }
}
