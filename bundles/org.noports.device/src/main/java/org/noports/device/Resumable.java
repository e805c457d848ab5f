package org.noports.device;

import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.KeyDerivation;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.np2.HandshakeKeys;

/**
 * What lets a session go on after it has lost its link: the secret that only its two ends have, and
 * how often it was used (docs/protocol/np2.md 9). Thread-safe.
 */
final class Resumable implements AutoCloseable {
  private final Secret resume;
  private int counter;
  private boolean over;

  /**
   * @param resume of the session's first handshake; copied
   */
  Resumable(Secret resume) {
    this.resume = Secret.owning(resume.exposeSecretBytes());
  }

  /**
   * Whether the payload is by the client that has this session, and newer than any before; it is
   * used up now.
   */
  synchronized boolean accept(KeyDerivation derivation, JsonObject payload, int number)
      throws CipherUnavailable, ProtocolViolation {
    if (over || number <= counter || !new HandshakeKeys(derivation).proves(true, resume, payload)) {
      return false;
    }
    counter = number;
    return true;
  }

  /** Our answer, with the proof that we have the session. */
  synchronized JsonObject prove(KeyDerivation derivation, JsonObject payload)
      throws CipherUnavailable, ProtocolViolation {
    if (over) {
      throw new ProtocolViolation("The session has ended meanwhile");
    }
    return new HandshakeKeys(derivation).prove(false, resume, payload);
  }

  @Override
  public synchronized void close() {
    over = true;
    resume.close();
  }
}
