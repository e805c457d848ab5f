package org.noports.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.noports.api.audit.AuditEvent;
import org.noports.audit.chain.ChainEvents;
import org.noports.audit.chain.ChainHead;
import org.noports.audit.chain.KeptLine;
import org.noports.audit.chain.TailOfFile;

/**
 * An old file that the settings keep no longer. Its removal stands in the chain before it is
 * deleted: a chain that begins later is told from one whose beginning somebody took away.
 *
 * @param path where it is
 * @param last its last line
 */
record RemovableFile(Path path, ChainHead last) {
  /** Those of {@code files}, oldest first, that are too many or too old; none after a kept one. */
  static List<RemovableFile> among(List<Path> files, Settings settings, Instant now)
      throws IOException {
    List<RemovableFile> old = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      boolean tooMany = settings.keepFiles() > 0 && files.size() - i > settings.keepFiles();
      Optional<KeptLine> last = last(files.get(i));
      boolean tooOld =
          !settings.keepAge().isZero()
              && last.map(it -> it.event().at().isBefore(now.minus(settings.keepAge())))
                  .orElse(false);
      if (last.isEmpty() || !tooMany && !tooOld) {
        break;
      }
      old.add(new RemovableFile(files.get(i), last.get().head()));
    }
    return old;
  }

  private static Optional<KeptLine> last(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return TailOfFile.of(channel).last();
    }
  }

  AuditEvent removal(Instant now) {
    return ChainEvents.of(
        now,
        ChainEvents.REMOVED,
        "file",
        path.getFileName(),
        "through",
        last.number(),
        "hash",
        last.hash());
  }
}
