package org.noports.api.identity;

import java.nio.file.Path;
import org.noports.api.IdentityUnusable;

/**
 * Keys of one more program of an atSign, which wait for somebody's approval: its own authentication
 * key, and the symmetric key under which the shared ones will come. Closing wipes them.
 */
public interface PendingKeys extends AutoCloseable {
  /** Base64 X.509 of the authentication key pair's public half. */
  String authenticationPublicKey();

  /** Base64 of the symmetric key, wrapped for the atSign's encryption key. */
  String wrappedSymmetricKey();

  /** Of the wrapped symmetric key: who approves compares it with what the approving side shows. */
  Fingerprint fingerprint();

  /** RSASSA-PKCS1-v1_5 with SHA-256 by the authentication key. */
  byte[] signAsAuthentication(byte[] message);

  /**
   * Opens what the approval brought and writes the key file, readable by its owner only.
   *
   * @throws IdentityUnusable if what came does not belong to these keys, if the file exists (it is
   *     never overwritten) or cannot be written
   */
  Identity file(String enrollmentId, ConveyedKeys conveyed, Path file) throws IdentityUnusable;

  @Override
  void close();
}
