package org.noports.api.identity;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.noports.api.IdentityUnusable;

/**
 * A private certificate authority for people who host all of it themselves: makes the CA, TLS
 * server certificates under it, and in time the CA's next generation.
 *
 * <p>A change of generation overlaps: from {@link #rotate} to {@link #finish} both generations are
 * to be trusted, and certificates come with the new generation's own, signed by the old one, so
 * that who trusts only either still accepts them (RFC 4210 4.4: new with old).
 *
 * <p>Calls read and write files; none is for an I/O loop.
 */
public interface CertificateAuthority {
  /** File name of the CA's certificate, which clients trust. */
  String CA_CERTIFICATE = "ca.pem";

  /** File name of the CA's private key. It stays on the machine where the world was made. */
  String CA_KEY = "ca-key.pem";

  /** File name of the generation before, there during an overlap: clients trust it, too. */
  String PREVIOUS_CERTIFICATE = "ca-previous.pem";

  /** File name of the present generation's certificate signed by the one before. */
  String CROSSED_CERTIFICATE = "ca-crossed.pem";

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

  /**
   * Issues anew, with a fresh key, what stands in {@code chain}, if it ends before {@code deadline}
   * or was issued by another generation than the present one. Names stay as they are.
   *
   * @return whether it was issued anew
   */
  boolean renew(Path folder, Path chain, Path key, Instant deadline) throws IdentityUnusable;

  /** When the first certificate in a PEM file ends. */
  Instant expiry(Path certificates) throws IdentityUnusable;

  /** Whether two generations are in force. */
  boolean overlapping(Path folder);

  /**
   * Makes the next generation; the one before stays beside it, without its key.
   *
   * @throws IdentityUnusable if an overlap is not finished yet
   */
  void rotate(Path folder) throws IdentityUnusable;

  /**
   * Forgets the generation before. Certificates that were issued in the overlap stay good for who
   * trusts the present one.
   *
   * @throws IdentityUnusable if there is no overlap
   */
  void finish(Path folder) throws IdentityUnusable;
}
