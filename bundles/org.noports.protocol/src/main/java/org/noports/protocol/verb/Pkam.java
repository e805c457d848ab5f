package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Authenticates by a signature over the challenge (docs/protocol/atprotocol.md 3.3).
 *
 * @param signingAlgo {@code rsa2048} where nothing is said
 * @param hashingAlgo {@code sha256} where nothing is said
 * @param enrollmentId the enrollment whose key signs; empty for an atSign's first keys
 * @param signature standard base64
 */
public record Pkam(
    Optional<String> signingAlgo,
    Optional<String> hashingAlgo,
    Optional<String> enrollmentId,
    String signature)
    implements Verb {
  public Pkam {
    requireNonNull(signingAlgo, "signingAlgo is null");
    requireNonNull(hashingAlgo, "hashingAlgo is null");
    requireNonNull(enrollmentId, "enrollmentId is null");
    enrollmentId.ifPresent(OneLine::of);
    OneLine.of(signature);
  }

  /** With RSA-2048 and SHA-256, which every atServer takes for granted. */
  public static Pkam rsa(Optional<String> enrollmentId, String signature) {
    return new Pkam(Optional.empty(), Optional.empty(), enrollmentId, signature);
  }

  @Override
  public String toLine() {
    return "pkam:"
        + signingAlgo.map(algo -> "signingAlgo:" + algo + ":").orElse("")
        + hashingAlgo.map(algo -> "hashingAlgo:" + algo + ":").orElse("")
        + enrollmentId.map(id -> "enrollmentId:" + id + ":").orElse("")
        + signature;
  }

  @Override
  public String toString() {
    return "Pkam" + enrollmentId;
  }
}
