package org.noports.audit.chain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.noports.api.audit.AuditReport;
import org.noports.api.audit.AuditTrail.Noted;
import org.noports.api.identity.Fingerprint;

/**
 * Verifies files of a chain, in order.
 *
 * @param files which
 * @param keys who may have signed; empty for the first that did
 * @param wanted lines that have to be there
 * @param partly whether files may be missing before the first
 * @param writtenBytes how much of the last file is written, if it is being written
 */
public record VerifyFiles(
    List<Path> files,
    List<Fingerprint> keys,
    List<Noted> wanted,
    boolean partly,
    OptionalLong writtenBytes) {
  public VerifyFiles {
    files = List.copyOf(files);
    keys = List.copyOf(keys);
    wanted = List.copyOf(wanted);
  }

  /** Reads all of it. */
  public AuditReport verify() throws IOException {
    Walk walk = new Walk(new Signatures(keys), wanted);
    for (int i = 0; i < files.size(); i++) {
      boolean last = i == files.size() - 1;
      long limit = last ? writtenBytes.orElse(Long.MAX_VALUE) : Long.MAX_VALUE;
      read(files.get(i), limit, walk);
    }
    walk.end(partly);
    return new AuditReport(
        files.size(),
        walk.lines(),
        walk.head().number(),
        walk.head().hash(),
        walk.signed(),
        walk.signatures.seen(),
        walk.findings,
        walk.notes);
  }

  private static void read(Path file, long limit, Walk walk) throws IOException {
    walk.begin(file);
    try (ReadLines lines = new ReadLines(Files.newInputStream(file), limit)) {
      Optional<ReadLines.Line> line = lines.next();
      while (line.isPresent()) {
        walk.line(line.get().bytes(), line.get().ended());
        line = lines.next();
      }
    }
  }
}
