package org.noports.atserver.host.verb;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.atserver.host.tenant.SigningKeys;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.Pkam;

/**
 * A signature over a challenge, and how it was made (atprotocol.md 3.3, 5).
 *
 * @param algorithm of the key
 * @param hash what was signed instead of the challenge
 * @param text base64
 */
record ApkamSignature(String algorithm, String hash, String text) {
  ApkamSignature {
    requireNonNull(algorithm, "algorithm is null");
    requireNonNull(hash, "hash is null");
    requireNonNull(text, "text is null");
  }

  /**
   * What a pkam shows.
   *
   * @param recorded the algorithm of the enrollment's record: it counts before the client's word
   */
  static ApkamSignature of(Pkam pkam, Optional<String> recorded) {
    String algorithm = recorded.or(pkam::signingAlgo).orElse("rsa2048");
    String hash = pkam.hashingAlgo().orElse("sha256");
    if (!algorithm.equals("rsa2048") || !hash.equals("sha256") && !hash.equals("sha512")) {
      throw new Refusal(
          ErrorCode.INVALID_SYNTAX, "pkam with " + algorithm + " and " + hash + ": not supported");
    }
    return new ApkamSignature(algorithm, hash, pkam.signature());
  }

  /** Whether it was made with the private half of {@code key} over {@code challenge}. */
  CompletionStage<Boolean> verify(
      Optional<String> key, Optional<String> challenge, Dialogue dialogue) {
    return CompletableFuture.completedFuture(
        key.isPresent()
            && challenge.isPresent()
            && SigningKeys.verifies(key.get(), hash, challenge.get(), text));
  }
}
