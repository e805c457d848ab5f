package org.noports.stories;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import org.noports.testkit.process.Machine;
import org.noports.testkit.tls.TestCa;
import org.noports.testkit.tls.TestIdentity;

/**
 * What a world's infrastructure shows: its certificate, or, until this is closed, one that is over.
 */
final class ServedCertificate implements AutoCloseable {
  private final Path shown;
  private final Path good;
  private final TestIdentity ended;

  /**
   * @param address whom the certificates are for
   * @param caller trusts both
   */
  ServedCertificate(Machine infrastructure, String address, Machine caller, Path folder)
      throws IOException {
    shown = infrastructure.home().resolve("etc/tls");
    good = Files.createDirectories(folder.resolve("good"));
    Files.copy(shown.resolve("certificate.pem"), good.resolve("certificate.pem"));
    Files.copy(shown.resolve("key.pem"), good.resolve("key.pem"));
    TestCa ca = new TestCa(Files.createDirectories(folder.resolve("ca")), "Last year's");
    Files.copy(ca.certificateFile(), caller.home().resolve("etc/trust").resolve("last-year.pem"));
    Instant now = Instant.now();
    ended =
        ca.issue("ended", now.minus(Duration.ofDays(9)), now.minus(Duration.ofHours(4)), address);
  }

  /** From the next look at the files on callers are shown one that ended four hours ago. */
  void end() throws IOException {
    show(ended.chain(), ended.key());
  }

  /** The good one comes in its place, as by whoever renews it. */
  void renew() throws IOException {
    show(good.resolve("certificate.pem"), good.resolve("key.pem"));
  }

  @Override
  public void close() throws IOException {
    renew();
  }

  private void show(Path chain, Path key) throws IOException {
    replace(key, shown.resolve("key.pem"));
    replace(chain, shown.resolve("certificate.pem"));
  }

  private static void replace(Path from, Path to) throws IOException {
    Path staged = Files.copy(from, to.resolveSibling(to.getFileName() + ".new"));
    Files.move(staged, to, StandardCopyOption.ATOMIC_MOVE);
  }
}
