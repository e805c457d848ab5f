package org.noports.api.ssh;

import java.io.OutputStream;
import java.nio.file.Path;
import org.noports.api.NoPortsException;

/**
 * An auditor's side of recorded SSH sessions: the key that devices seal recordings to, and opening
 * what they have sealed. Reads and writes files: never on an I/O loop.
 */
public interface Recordings {
  /**
   * Makes a key pair: the private key in {@code file}, which only its owner may read, the public
   * one beside it in {@code file.pub}, for devices.
   *
   * @return the public key's file
   * @throws org.noports.api.StoreFailed if one of them is there already, or cannot be written
   * @throws org.noports.api.CipherUnavailable if this machine cannot make such keys
   */
  Path makeKey(Path file) throws NoPortsException;

  /**
   * Writes what was recorded as an asciicast (version 2), line by line as far as it can be opened.
   *
   * @param key the auditor's private key
   * @return whether it is whole; false if it was cut short after what was written out
   * @throws org.noports.api.ProtocolViolation if it is no recording, was changed, or is sealed to
   *     another key
   */
  boolean open(Path recording, Path key, OutputStream to) throws NoPortsException;
}
