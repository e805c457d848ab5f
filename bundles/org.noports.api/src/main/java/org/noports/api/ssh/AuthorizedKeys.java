package org.noports.api.ssh;

import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.Secret;
import org.noports.api.SessionId;
import org.noports.api.SessionRefused;
import org.noports.api.StoreFailed;

/**
 * The {@code authorized_keys} of the device's account, as far as its owner lets sessions write
 * there. Calls touch the disk: never on an I/O loop. An edit either is made whole or changes
 * nothing, and never loses another's line.
 *
 * <p>Sessions between our own ends ask for a key at the stream service {@value #SERVICE}: what
 * comes is the private key as OpenSSH writes it, then the end; the key is taken back when the
 * stream is closed, or after the device's time.
 */
public interface AuthorizedKeys {
  /** The stream service that hands a key to the client inside its sealed session. */
  String SERVICE = "ssh-key";

  /** Whether keys are made for sessions here; if not, {@link #grant} refuses. */
  boolean grantsKeys();

  /** Whether clients may leave their public keys here; if not, {@link #add} refuses. */
  boolean acceptsPublicKeys();

  /** Where the device's sshd listens, as {@code ssh_request} means it. */
  HostPort sshd();

  /** Makes a key pair and authorises it, to log in with. */
  Granted grant(SessionId session) throws SessionRefused, StoreFailed;

  /** The same for nothing but a forward to {@link #sshd} (docs/protocol/noports.md 4.7). */
  Granted grantForward(SessionId session) throws SessionRefused, StoreFailed;

  /**
   * Keeps a client's public key, one line as in {@code id_ed25519.pub}.
   *
   * @return false if it stands there already
   */
  boolean add(AtSign client, String publicKey) throws SessionRefused, StoreFailed;

  /** A key that is authorised until it is closed, or its time is over; also after a crash. */
  interface Granted extends AutoCloseable {
    /** The private half as an OpenSSH file; wiped with {@link #close}. */
    Secret privateKey();

    /** Takes back the one line that was added, and wipes the key. Idempotent, never throws. */
    @Override
    void close();
  }
}
