package org.noports.store.mvstore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.noports.store.mvstore.disk.Disk;

/** Copies a file so that the copy is there whole or not at all. */
final class FileCopy {
  private FileCopy() {}

  /** Copies {@code source}; a copy that is there already stays as it is. */
  static void keep(Disk disk, FileChannel source, Path to) throws IOException {
    if (disk.exists(to)) {
      return;
    }
    Path part = to.resolveSibling(to.getFileName() + ".part");
    disk.delete(part);
    try (FileChannel target = disk.open(part)) {
      long size = source.size();
      long copied = 0;
      while (copied < size) {
        copied += source.transferTo(copied, size - copied, target);
      }
      target.force(true);
    }
    disk.move(part, to);
    disk.forceNames(to.getParent());
  }
}
