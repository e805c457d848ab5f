package org.noports.api.identity;

import java.nio.file.Path;
import java.util.List;
import org.noports.api.IdentityUnusable;

/**
 * A private certificate authority for people who host all of it themselves: makes the CA once and
 * TLS server certificates under it.
 */
public interface CertificateAuthority {
  /** File name of the CA's certificate, which clients trust. */
  String CA_CERTIFICATE = "ca.pem";

  /** File name of the CA's private key. It stays on the machine where the world was made. */
  String CA_KEY = "ca-key.pem";

  /**
   * Makes a CA in {@code folder}: {@link #CA_CERTIFICATE} and {@link #CA_KEY} (0600).
   *
   * @throws IdentityUnusable if one is there already or the folder cannot be written
   */
  void create(Path folder, String name) throws IdentityUnusable;

  /**
   * Makes a key and a certificate chain for a TLS server, signed by the CA in {@code folder}.
   *
   * @param names DNS names and IP addresses that the certificate stands for, at least one
   * @param chain file for the PEM chain, server first
   * @param key file for the PEM private key (PKCS#8, 0600)
   */
  void issue(Path folder, List<String> names, Path chain, Path key) throws IdentityUnusable;
}
