package org.noports.policy.remote;

import static java.util.Objects.requireNonNull;

import org.noports.api.ProtocolViolation;
import org.noports.protocol.policy.PolicySnapshot;
import org.noports.protocol.session.SignedEnvelope;

/**
 * A snapshot as it came, with the key that its policy had then.
 *
 * @param envelope what was signed
 * @param snapshot what it says
 * @param publicKey base64 X.509
 */
record SignedSnapshot(SignedEnvelope envelope, PolicySnapshot snapshot, String publicKey) {
  SignedSnapshot {
    requireNonNull(envelope, "envelope is null");
    requireNonNull(snapshot, "snapshot is null");
    requireNonNull(publicKey, "publicKey is null");
  }

  /** Reads it; the signature is not verified. */
  static SignedSnapshot read(String text, String publicKey) throws ProtocolViolation {
    SignedEnvelope envelope = SignedEnvelope.parse(text);
    return new SignedSnapshot(envelope, PolicySnapshot.parse(envelope.payload()), publicKey);
  }
}
