package org.noports.api.relay;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.noports.api.Secret;
import org.noports.api.SessionId;
import org.noports.api.identity.Identity;

/** What one side of a session shows a relay when it dials. */
public sealed interface RelayCredential {
  /**
   * The signed line of older relays, sent at once after connecting; nothing comes back (noports.md
   * 4.1). It can be replayed within its session.
   *
   * @param envelope the signed envelope, without its newline
   */
  record SignedLine(String envelope) implements RelayCredential {
    public SignedLine {
      requireNonNull(envelope, "envelope is null");
    }

    @Override
    public String toString() {
      return "SignedLine[" + envelope.length() + " chars]";
    }
  }

  /**
   * The answer to the relay's challenge, made anew for each connection (ESCR, noports.md 4.2).
   *
   * @param session the session
   * @param side which of the relay's two sides we are
   * @param relayKey the AES-256 key that client, device and relay share for this session
   * @param signer signs with its authentication key
   * @param signingKeyUri where the relay finds the public half: {@code public:_apsk.ID.a.__e@x}
   * @param other who wants to know of the other side, for one dial only; empty for nobody
   */
  record ChallengeResponse(
      SessionId session,
      RelaySide side,
      Secret relayKey,
      Identity signer,
      String signingKeyUri,
      Optional<OtherSide> other)
      implements RelayCredential {
    /** Whoever the other side is. */
    public ChallengeResponse(
        SessionId session, RelaySide side, Secret relayKey, Identity signer, String signingKeyUri) {
      this(session, side, relayKey, signer, signingKeyUri, Optional.empty());
    }

    public ChallengeResponse {
      requireNonNull(session, "session is null");
      requireNonNull(side, "side is null");
      requireNonNull(relayKey, "relayKey is null");
      requireNonNull(signer, "signer is null");
      requireNonNull(signingKeyUri, "signingKeyUri is null");
      requireNonNull(other, "other is null");
    }
  }
}
