package org.noports.api.identity;

import java.nio.file.Path;
import java.util.Optional;
import org.noports.api.IdentityUnusable;

/**
 * All keys of an atSign whose life begins: cut on this machine, in memory until they are filed.
 * Closing wipes them.
 */
public interface FirstKeys extends AutoCloseable {
  /** Base64 X.509 of the authentication key pair's public half. */
  String authenticationPublicKey();

  /** Base64 X.509 of the encryption key pair's public half. */
  String encryptionPublicKey();

  /** The shared keys, encrypted for the enrollment that these keys become. */
  ConveyedKeys conveyed();

  /**
   * Writes the key file, readable by its owner only, atomically.
   *
   * @param enrollmentId what the atServer called the enrollment; empty if it knows none
   * @throws IdentityUnusable if the file exists (it is never overwritten) or cannot be written
   */
  Identity file(Optional<String> enrollmentId, Path file) throws IdentityUnusable;

  @Override
  void close();
}
