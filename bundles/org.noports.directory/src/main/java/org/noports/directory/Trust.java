package org.noports.directory;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.noports.transport.TlsClient;
import org.noports.transport.TlsTrust;

/**
 * TLS that trusts what the trust files say now: a CA that was put there a moment ago counts for the
 * next look-up. What does not exist is left out; the JDK's CAs are always trusted.
 */
final class Trust {
  private final List<Path> sources;
  private Map<Path, FileTime> seen = Map.of();
  private TlsClient client;

  Trust(List<Path> sources) {
    this.sources = List.copyOf(sources);
  }

  /**
   * The client for the next look-up. Reads files, so never on an I/O loop.
   *
   * @throws IOException naming the file that cannot be used
   */
  synchronized TlsClient client() throws IOException {
    Map<Path, FileTime> now = look();
    if (client == null || !now.equals(seen)) {
      client = TlsClient.trusting(new TlsTrust(List.copyOf(now.keySet())));
      seen = now;
    }
    return client;
  }

  private Map<Path, FileTime> look() throws IOException {
    Map<Path, FileTime> found = new TreeMap<>();
    for (Path source : sources) {
      if (Files.isDirectory(source)) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(source, "*.pem")) {
          for (Path file : files) {
            found.put(file, Files.getLastModifiedTime(file));
          }
        }
      } else if (Files.exists(source)) {
        found.put(source, Files.getLastModifiedTime(source));
      }
    }
    return found;
  }
}
