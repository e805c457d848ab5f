package org.noports.api.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a bundle consists of, for the audit: the file that the framework keeps and runs, not the one
 * it came from, which may have been replaced meanwhile.
 */
public final class BundleSum {
  private static final String JAR = "bundle.jar";
  private static final int DEPTH = 3;

  private BundleSum() {}

  /**
   * The framework's own copy; empty if it keeps none.
   *
   * @param data the bundle's folder for data: {@code bundle.getDataFile("")}
   */
  public static Optional<Path> jar(Path data) throws IOException {
    try (Stream<Path> files =
        Files.find(
            data.toAbsolutePath().normalize().getParent(),
            DEPTH,
            (file, is) -> is.isRegularFile() && file.getFileName().toString().equals(JAR))) {
      // Each update has a folder of its own, numbered upwards.
      return files.max(Comparator.comparing(BundleSum::revision));
    }
  }

  private static int revision(Path jar) {
    String folder = jar.getParent().getFileName().toString();
    String number = folder.substring(folder.lastIndexOf('.') + 1);
    return number.chars().allMatch(Character::isDigit) && !number.isEmpty()
        ? Integer.parseInt(number)
        : 0;
  }

  /**
   * SHA-256 of a file in hexadecimal, as {@code sha256sum} prints it. Reads it: not for I/O loops.
   */
  public static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream through =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      through.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(through.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
