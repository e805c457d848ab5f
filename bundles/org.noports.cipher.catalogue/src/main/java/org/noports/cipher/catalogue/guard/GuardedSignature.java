package org.noports.cipher.catalogue.guard;

import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.cipher.SignatureAlgorithm;

/** A signature algorithm that a third party wrote. */
record GuardedSignature(Guard guard, SignatureAlgorithm plugIn) implements SignatureAlgorithm {
  @Override
  public boolean verifies(String publicKey, byte[] message, byte[] signature)
      throws CipherUnavailable {
    byte[] said = message.clone();
    byte[] proof = signature.clone();
    try {
      return guard.call("verifies", () -> plugIn.verifies(publicKey, said, proof));
    } catch (ProtocolViolation e) {
      throw new CipherUnavailable(e.getMessage(), e);
    }
  }
}
