package org.noports.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.generators.MLDSAKeyPairGenerator;
import org.bouncycastle.crypto.params.MLDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.noports.api.Secret;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.identity.SigningKey;
import org.noports.protocol.atkeys.TypedKeys;

/** An ML-DSA-65 key pair (FIPS 204): pure, hedged, with an empty context. */
final class MlDsaPair implements SigningKey {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SEED = 32;
  private static final int EXPANDED = 4032;
  private static final int PUBLIC_KEY = 1952;

  private final String publicText;
  private final MLDSAPrivateKeyParameters privateKey;

  private MlDsaPair(String publicText, MLDSAPrivateKeyParameters privateKey) {
    this.publicText = requireNonNull(publicText, "publicText is null");
    this.privateKey = requireNonNull(privateKey, "privateKey is null");
  }

  /** A fresh pair; takes about a millisecond. */
  static MlDsaPair cut() {
    MLDSAKeyPairGenerator generator = new MLDSAKeyPairGenerator();
    generator.init(new MLDSAKeyGenerationParameters(RANDOM, MLDSAParameters.ml_dsa_65));
    AsymmetricCipherKeyPair pair = generator.generateKeyPair();
    byte[] open = ((MLDSAPublicKeyParameters) pair.getPublic()).getEncoded();
    return new MlDsaPair(
        Base64.getEncoder().encodeToString(open), (MLDSAPrivateKeyParameters) pair.getPrivate());
  }

  /**
   * The pair of a key file: its private half as 4032 bytes, which is how programs store it, or as
   * the 32 from which those follow.
   *
   * @throws GeneralSecurityException if they are no ML-DSA-65 keys or not of one pair
   */
  static MlDsaPair of(TypedKeys.Pair stored) throws GeneralSecurityException {
    byte[] text = stored.privateKey().exposeSecretBytes();
    byte[] secret = new byte[0];
    try {
      secret = Base64.getDecoder().decode(text);
      byte[] open = Base64.getDecoder().decode(stored.publicKey());
      if (secret.length != SEED && secret.length != EXPANDED || open.length != PUBLIC_KEY) {
        throw new GeneralSecurityException("it has not the length of an ML-DSA-65 key");
      }
      MlDsaPair pair = new MlDsaPair(stored.publicKey(), read(secret, open));
      pair.check(open);
      return pair;
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException(
          "it is no ML-DSA-65 key, or its halves are not of one pair", e);
    } finally {
      Arrays.fill(text, (byte) 0);
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static MLDSAPrivateKeyParameters read(byte[] secret, byte[] open) {
    return secret.length == SEED
        ? new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, secret)
        : new MLDSAPrivateKeyParameters(
            MLDSAParameters.ml_dsa_65,
            secret,
            new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_65, open));
  }

  private void check(byte[] open) throws GeneralSecurityException {
    byte[] probe = "one pair".getBytes(US_ASCII);
    MLDSASigner verifier = new MLDSASigner();
    verifier.init(false, new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_65, open));
    verifier.update(probe, 0, probe.length);
    if (!verifier.verifySignature(sign(probe))) {
      throw new GeneralSecurityException("the public and the private key are not of one pair");
    }
  }

  @Override
  public String algorithm() {
    return SignatureAlgorithm.ML_DSA_65;
  }

  @Override
  public String publicKey() {
    return publicText;
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      MLDSASigner signer = new MLDSASigner();
      signer.init(true, new ParametersWithRandom(privateKey, RANDOM));
      signer.update(message, 0, message.length);
      return signer.generateSignature();
    } catch (CryptoException e) {
      throw new IllegalStateException("An ML-DSA key that was checked when read must sign", e);
    }
  }

  /** As a key file keeps it. */
  TypedKeys.Pair stored(Optional<String> enrollment) {
    byte[] secret =
        privateKey.getParametersWithFormat(MLDSAPrivateKeyParameters.EXPANDED_KEY).getEncoded();
    try {
      return new TypedKeys.Pair(
          enrollment, Secret.owning(Base64.getEncoder().encode(secret)), publicText);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "MlDsaPair[private half hidden]";
  }
}
