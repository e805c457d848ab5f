package org.noports.tunnel.link;

import static java.util.Objects.requireNonNull;

import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.protocol.np2.LinkKeys;

/**
 * The secret from which a session's next link takes its keys, and which of them it is: a fresh
 * exchange on a link replaces it, and wipes the one before at once. Safe for several threads.
 */
public final class SessionRoot implements AutoCloseable {
  private int epoch;
  private final SuiteAlgorithms names;
  private SuiteAlgorithms algorithms;
  private Secret secret;

  /**
   * The root of a handshake. Takes it out of the keys, so that no second root begins with it: two
   * links with one number under one root would use every nonce twice.
   */
  public SessionRoot(Np2Keys keys) {
    this(keys, keys.algorithms());
  }

  /**
   * The same, computed by these.
   *
   * @param held what is to serve the session, which asks nobody for an algorithm by name again
   */
  public SessionRoot(Np2Keys keys, SuiteAlgorithms held) {
    epoch = 0;
    names = keys.algorithms();
    algorithms = requireNonNull(held, "held is null");
    secret = Secret.owning(keys.root().exposeSecretBytes());
    keys.root().close();
  }

  /** Counts the roots of a session, from 0. */
  public synchronized int epoch() {
    return epoch;
  }

  /** What computes with this root. */
  public synchronized SuiteAlgorithms algorithms() {
    return algorithms;
  }

  /** Usable until it is replaced or closed. */
  synchronized Secret secret() {
    return secret;
  }

  /** A link has both its traffic secrets: from now on nobody can compute them again. */
  synchronized void spend() throws CipherUnavailable {
    Secret left = new LinkKeys(algorithms.derivation()).spent(secret);
    secret.close();
    secret = left;
  }

  /**
   * The next epoch's takes its place.
   *
   * @param next what computes with it
   * @param fresh the secret of the exchange; stays the caller's
   * @param offer content of the record that offered
   * @param answer content of the record that answered
   */
  synchronized void next(SuiteAlgorithms next, Secret fresh, byte[] offer, byte[] answer)
      throws CipherUnavailable {
    Secret replaced = new LinkKeys(next.derivation()).nextRoot(secret, fresh, offer, answer);
    secret.close();
    secret = replaced;
    algorithms = next;
    epoch++;
  }

  /** Wipes the root, and lets go of what computed with it. Idempotent. */
  @Override
  public synchronized void close() {
    algorithms = names;
    secret.close();
  }
}
