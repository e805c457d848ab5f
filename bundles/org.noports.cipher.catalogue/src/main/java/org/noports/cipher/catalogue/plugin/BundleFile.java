package org.noports.cipher.catalogue.plugin;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.noports.api.audit.BundleSum;
import org.osgi.framework.Bundle;

/** What a bundle consists of, byte by byte, as the framework keeps and runs it. */
public final class BundleFile {
  private BundleFile() {}

  /**
   * SHA-256 of the bundle's file in hex, as {@code sha256sum} prints it; where the framework keeps
   * no file, {@code entries:} and that of all names and contents.
   */
  public static String sha256(Bundle bundle) throws IOException {
    Optional<Path> jar = jar(bundle);
    if (jar.isPresent()) {
      return BundleSum.sha256(jar.get());
    }
    return "entries:" + hex(entries(bundle));
  }

  /** The framework's own copy: the file it came from may have been replaced meanwhile. */
  static Optional<Path> jar(Bundle bundle) throws IOException {
    File data = bundle.getDataFile("");
    return data == null ? Optional.empty() : BundleSum.jar(data.toPath());
  }

  private static byte[] entries(Bundle bundle) throws IOException {
    MessageDigest digest = digest();
    Enumeration<URL> found = bundle.findEntries("/", "*", true);
    List<URL> urls = found == null ? List.of() : Collections.list(found);
    for (URL url :
        urls.stream()
            .filter(url -> !url.getPath().endsWith("/"))
            .sorted(Comparator.comparing(URL::getPath))
            .toList()) {
      digest.update(url.getPath().getBytes(StandardCharsets.UTF_8));
      try (InputStream in = url.openStream()) {
        digest.update(in.readAllBytes());
      }
    }
    return digest.digest();
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
