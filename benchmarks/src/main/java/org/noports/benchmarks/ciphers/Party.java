package org.noports.benchmarks.ciphers;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.cipher.classic.Rsa2048Sha256;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.session.SignedEnvelope;

/** An end with its atSign's long-lived key: signs what it says, and verifies what it hears. */
final class Party {
  private static final int BITS = 2048;

  private final Rsa2048Sha256 verifier = new Rsa2048Sha256();
  private final KeyPair keys;

  Party() throws GeneralSecurityException {
    this.keys = freshKeys();
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
