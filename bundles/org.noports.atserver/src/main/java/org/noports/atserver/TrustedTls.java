package org.noports.atserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.noports.transport.TlsClient;
import org.noports.transport.TlsTrust;

/**
 * TLS with the CAs that are trusted now: built at first use and again when a file of a trusted CA
 * was added, changed or removed. Reads files; not for an I/O loop.
 */
final class TrustedTls {
  private List<Path> sources = List.of();
  private Map<Path, FileTime> stamps = Map.of();
  private TlsClient client;

  /** A source that does not exist adds no CA: the default folder need not be there. */
  synchronized TlsClient client(List<Path> wanted) throws IOException {
    List<Path> present = wanted.stream().filter(Files::exists).toList();
    Map<Path, FileTime> now = stamps(present);
    if (client == null || !present.equals(sources) || !now.equals(stamps)) {
      client = TlsClient.trusting(new TlsTrust(present));
      sources = present;
      stamps = now;
    }
    return client;
  }

  private static Map<Path, FileTime> stamps(List<Path> sources) throws IOException {
    Map<Path, FileTime> found = new TreeMap<>();
    for (Path source : sources) {
      found.put(source, Files.getLastModifiedTime(source));
      if (Files.isDirectory(source)) {
        try (Stream<Path> files = Files.list(source)) {
          for (Path file : files.toList()) {
            found.put(file, Files.getLastModifiedTime(file));
          }
        }
      }
    }
    return found;
  }
}
