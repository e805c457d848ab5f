package org.noports.api.cipher.jca;

import static java.util.Objects.requireNonNull;

import java.security.spec.AlgorithmParameterSpec;
import java.util.function.Function;
import javax.crypto.spec.GCMParameterSpec;

/**
 * What tells one of the JCA's AEAD ciphers from another.
 *
 * @param transformation as {@link javax.crypto.Cipher#getInstance(String)} names it
 * @param key as {@link javax.crypto.SecretKey#getAlgorithm} names its keys
 * @param provider name of the JCA provider that computes it; where it is not there, the first that
 *     can does
 * @param keyLength of a key, in bytes
 * @param nonceLength of a nonce, in bytes
 * @param tagLength of a tag, in bytes
 * @param parameters of a record, made of its nonce
 */
public record JcaAead(
    String transformation,
    String key,
    String provider,
    int keyLength,
    int nonceLength,
    int tagLength,
    Function<byte[], AlgorithmParameterSpec> parameters) {
  private static final int GCM_NONCE = 12;
  private static final int GCM_TAG = 16;

  public JcaAead {
    requireNonNull(transformation, "transformation is null");
    requireNonNull(key, "key is null");
    requireNonNull(provider, "provider is null");
    requireNonNull(parameters, "parameters is null");
    check(transformation, "key", keyLength, 16, 64);
    // NP2 counts records in the last 64 bits of a nonce.
    check(transformation, "nonce", nonceLength, 8, 32);
    check(transformation, "tag", tagLength, 12, 32);
  }

  private static void check(String of, String what, int length, int least, int most) {
    if (length < least || length > most) {
      throw new IllegalArgumentException(
          "A "
              + what
              + " of "
              + of
              + " cannot have "
              + length
              + " bytes here; it has between "
              + least
              + " and "
              + most);
    }
  }

  /** A block cipher in Galois/Counter Mode: nonces of 96 and tags of 128 bits (RFC 5116 5). */
  public static JcaAead gcm(String blockCipher, String provider, int keyLength) {
    return new JcaAead(
        blockCipher + "/GCM/NoPadding",
        blockCipher,
        provider,
        keyLength,
        GCM_NONCE,
        GCM_TAG,
        nonce -> new GCMParameterSpec(8 * GCM_TAG, nonce));
  }
}
