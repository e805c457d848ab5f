package org.noports.atserver.host.verb;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.CipherUnavailable;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.atserver.host.tenant.EcdsaP256;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.atserver.host.tenant.SigningKeys;
import org.noports.atserver.host.tenant.Tenant;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.Pkam;

/**
 * A signature by an authentication key, and how it was made (atprotocol.md 3.3, 5).
 *
 * @param algorithm of the key
 * @param hash what was signed in place of the text; ML-DSA signs the text
 * @param text base64
 */
record ApkamSignature(String algorithm, String hash, String text) {
  private static final String RSA = "rsa2048";
  private static final String ECC = "ecc_secp256r1";

  /** The algorithms that a key may have. */
  static final List<String> ALGORITHMS = List.of(RSA, ECC, SignatureAlgorithm.ML_DSA_65);

  private static final List<String> HASHES = List.of("sha256", "sha512");

  ApkamSignature {
    requireNonNull(text, "text is null");
    require(algorithm);
    if (!HASHES.contains(hash)) {
      throw new Refusal(
          ErrorCode.INVALID_SYNTAX, "Invalid syntax. hashingAlgo is one of " + HASHES);
    }
  }

  /** Refuses an algorithm that no key can have. */
  static void require(String algorithm) {
    if (!ALGORITHMS.contains(algorithm.toLowerCase(Locale.ROOT))) {
      throw new Refusal(
          ErrorCode.INVALID_SYNTAX, "Invalid syntax. signingAlgo is one of " + ALGORITHMS);
    }
  }

  /**
   * What a pkam shows.
   *
   * @param recorded the algorithm of the enrollment's record: it counts before the client's word
   */
  static ApkamSignature of(Pkam pkam, Optional<String> recorded) {
    String algorithm = recorded.or(pkam::signingAlgo).orElse(RSA).toLowerCase(Locale.ROOT);
    return new ApkamSignature(
        algorithm, pkam.hashingAlgo().orElse(HASHES.get(0)), pkam.signature());
  }

  /** Whether it was made with the private half of {@code key} over {@code signed}. */
  CompletionStage<Boolean> verify(Optional<String> key, Optional<String> signed, Tenant tenant) {
    if (key.isEmpty() || signed.isEmpty()) {
      return CompletableFuture.completedFuture(false);
    }
    return switch (algorithm) {
      // A twentieth of a millisecond: to change threads would cost as much.
      case RSA ->
          CompletableFuture.completedFuture(
              SigningKeys.verifies(key.get(), hash, signed.get(), text));
      case ECC ->
          CompletableFuture.supplyAsync(
              () -> EcdsaP256.verifies(key.get(), hash, signed.get(), text), tenant.workers());
      default ->
          CompletableFuture.supplyAsync(
              () -> plugIn(key.get(), signed.get(), tenant), tenant.workers());
    };
  }

  private boolean plugIn(String key, String signed, Tenant tenant) {
    try {
      return tenant
          .signature(algorithm)
          .verifies(key, signed.getBytes(StandardCharsets.UTF_8), Base64.getDecoder().decode(text));
    } catch (CipherUnavailable e) {
      throw new Refusal(ErrorCode.INTERNAL_ERROR, algorithm + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      // Not base64.
      return false;
    }
  }
}
