package org.noports.benchmarks.ciphers;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Base64;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.generators.MLDSAKeyPairGenerator;
import org.bouncycastle.crypto.params.MLDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.cipher.classic.Rsa2048Sha256;
import org.noports.cipher.pq.MlDsa65;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.session.SignedEnvelope;

/**
 * An end with its atSign's long-lived keys: signs what it says by RSA-2048 and, at NP2's levels, by
 * ML-DSA-65 beside, and verifies what it hears.
 */
final class Party {
  private static final String BESIDE = "signatures";
  private static final int BITS = 2048;

  private final Rsa2048Sha256 verifier = new Rsa2048Sha256();
  private final MlDsa65 besideVerifier = new MlDsa65();
  private final KeyPair keys = freshKeys();
  private final AsymmetricCipherKeyPair beside;

  Party() throws GeneralSecurityException {
    MLDSAKeyPairGenerator generator = new MLDSAKeyPairGenerator();
    generator.init(new MLDSAKeyGenerationParameters(new SecureRandom(), MLDSAParameters.ml_dsa_65));
    this.beside = generator.generateKeyPair();
  }

  static KeyPair freshKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(BITS);
    return generator.generateKeyPair();
  }

  SignedEnvelope sign(JsonObject payload) {
    return SignedEnvelope.sign(payload, this::signature);
  }

  private byte[] signature(byte[] message) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** By both kinds. */
  SignedEnvelope signTwice(JsonObject payload) throws CryptoException {
    SignedEnvelope envelope = sign(payload);
    MLDSASigner signer = new MLDSASigner();
    signer.init(true, beside.getPrivate());
    byte[] message = envelope.signedBytes();
    signer.update(message, 0, message.length);
    String signature = Base64.getEncoder().encodeToString(signer.generateSignature());
    return envelope.with(
        BESIDE, JsonObject.builder().put(SignatureAlgorithm.ML_DSA_65, signature).build());
  }

  /** What {@code from} has said and signed by both kinds, as it came. */
  SignedEnvelope heardTwice(Party from, String text) throws ProtocolViolation, CipherUnavailable {
    SignedEnvelope envelope = heard(from, text);
    byte[] key = ((MLDSAPublicKeyParameters) from.beside.getPublic()).getEncoded();
    String signature =
        envelope.others().requireObject(BESIDE).requireText(SignatureAlgorithm.ML_DSA_65);
    if (!besideVerifier.verifies(
        Base64.getEncoder().encodeToString(key),
        envelope.signedBytes(),
        Base64.getDecoder().decode(signature))) {
      throw new ProtocolViolation("a signature that was just made does not verify");
    }
    return envelope;
  }

  /** What {@code from} has said, as it came. */
  SignedEnvelope heard(Party from, String text) throws ProtocolViolation, CipherUnavailable {
    SignedEnvelope envelope = SignedEnvelope.parse(text);
    String key = Base64.getEncoder().encodeToString(from.keys.getPublic().getEncoded());
    if (!verifier.verifies(key, envelope.signedBytes(), envelope.signatureBytes())) {
      throw new ProtocolViolation("a signature that was just made does not verify");
    }
    return envelope;
  }
}
