package org.noports.api.world;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.noports.api.NoPortsException;

/**
 * The life of a world's certificates, on the machine where its folder with the private CA is. Files
 * are written where {@link Worlds#init} put them; an instance that uses the folder of a machine
 * takes them up by itself, others get a copy. No session is cut.
 *
 * <p>Calls read and write files; none is for an I/O loop.
 */
public interface WorldCertificates {
  /**
   * Renews the TLS certificates that end within {@code ahead}, and hands the CAs that are in force
   * to every machine's folder.
   *
   * @return every certificate, whether renewed or not
   */
  List<CertificateLife> renew(Path world, Duration ahead) throws NoPortsException;

  /**
   * Makes the CA's next generation and issues all certificates under it. Until {@link #finish} both
   * generations are trusted, and who has not yet got the new one accepts the new certificates, too.
   */
  List<CertificateLife> rotate(Path world) throws NoPortsException;

  /** Ends the overlap: the generation before is trusted no more. */
  List<CertificateLife> finish(Path world) throws NoPortsException;

  /**
   * A certificate in a world's folder.
   *
   * @param file its PEM file
   * @param ends when it ends
   * @param renewed whether it was issued just now
   */
  record CertificateLife(Path file, Instant ends, boolean renewed) {
    public CertificateLife {
      requireNonNull(file, "file is null");
      requireNonNull(ends, "ends is null");
    }
  }
}
