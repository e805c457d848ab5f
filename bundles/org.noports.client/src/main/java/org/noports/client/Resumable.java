package org.noports.client;

import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.SessionGone;
import org.noports.api.SessionId;
import org.noports.api.cipher.KeyDerivation;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.np2.HandshakeKeys;
import org.noports.protocol.np2.Np2Offer;

/**
 * What lets a session go on after it has lost its link: the secret that only its two ends have, and
 * how often it was used (docs/protocol/np2.md 9). Thread-safe.
 */
final class Resumable implements AutoCloseable {
  private final SessionId session;
  private final Secret resume;
  private int counter;
  private boolean over;

  /**
   * @param session the first request's id
   * @param resume of the session's first handshake; copied
   */
  Resumable(SessionId session, Secret resume) {
    this.session = session;
    this.resume = Secret.owning(resume.exposeSecretBytes());
  }

  /** Names the session, with a number that was not used before. */
  synchronized Np2Offer.Resumption next() {
    counter++;
    return new Np2Offer.Resumption(session, counter);
  }

  /** Our request, with the proof that we have the session. */
  synchronized JsonObject prove(KeyDerivation derivation, JsonObject payload)
      throws CipherUnavailable, ProtocolViolation, SessionGone {
    alive();
    return new HandshakeKeys(derivation).prove(true, resume, payload);
  }

  /** Whether the answer is by the device that has this session. */
  synchronized boolean proves(KeyDerivation derivation, JsonObject payload)
      throws CipherUnavailable, ProtocolViolation, SessionGone {
    alive();
    return new HandshakeKeys(derivation).proves(false, resume, payload);
  }

  private void alive() throws SessionGone {
    if (over) {
      throw new SessionGone("Session " + session + " has ended meanwhile");
    }
  }

  @Override
  public synchronized void close() {
    over = true;
    resume.close();
  }
}
