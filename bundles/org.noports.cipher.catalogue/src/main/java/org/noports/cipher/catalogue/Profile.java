package org.noports.cipher.catalogue;

import java.util.Arrays;
import java.util.Map;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.RecordCipher;

/**
 * A choice of algorithms under one name; what ranking, allow and deny say comes on top of it.
 *
 * <p>{@code level5} is secrecy of the highest of the levels that NIST has defined, 5, in each part.
 * It is not CNSA 2.0: that signs by ML-DSA-87, and the handshakes here are signed by RSA-2048 and
 * ML-DSA-65.
 */
enum Profile {
  /** All that is here. */
  NONE("", Map.of()),

  /**
   * ML-KEM-1024 with AES-256-GCM, and therefore SHA-384, and nothing else; no session of level L1.
   */
  LEVEL5(
      "level5",
      Map.of(
          PresentAlgorithm.KEY_AGREEMENT, KeyAgreement.ML_KEM_1024,
          PresentAlgorithm.RECORD, RecordCipher.AES_256_GCM,
          PresentAlgorithm.KEY_TRANSPORT, ""));

  private final String written;
  private final Map<String, String> only;

  Profile(String written, Map<String, String> only) {
    this.written = written;
    this.only = only;
  }

  static Profile of(String text) throws ConfigurationInvalid {
    return Arrays.stream(values())
        .filter(profile -> profile.written.equals(text.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigurationInvalid(
                    CatalogueSettings.FILE
                        + ": profile = "
                        + text
                        + " is neither empty nor level5"));
  }

  /** Whether it is one of the algorithms that it names itself. */
  boolean names(PresentAlgorithm what) {
    return what.name().equals(only.get(what.kind()));
  }

  /** Whether it uses another algorithm of that kind, or none. */
  boolean leavesOut(PresentAlgorithm what) {
    return only.containsKey(what.kind()) && !names(what);
  }

  @Override
  public String toString() {
    return written;
  }
}
