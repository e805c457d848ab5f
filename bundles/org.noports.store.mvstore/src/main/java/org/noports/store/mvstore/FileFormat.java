package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.noports.api.StoreFailed;
import org.noports.store.mvstore.disk.Disk;
import org.noports.store.mvstore.journal.Journal;

/**
 * What a file says of itself: its format, of tables and rows, and which store it is.
 *
 * <p>Formats: 1 had no journal beside it and no id; 2 has both.
 */
final class FileFormat {
  /** A file with a higher number was written by a newer version. */
  static final int CURRENT = 2;

  private static final byte[] FORMAT_KEY = "format".getBytes(UTF_8);
  private static final byte[] ID_KEY = "id".getBytes(UTF_8);

  /** A file that is smaller and empty is new, or a crash interrupted its making. */
  private static final long FRESH_BYTES = 64 << 10;

  private FileFormat() {}

  /**
   * Checks the format, migrates an older one, writes that of a new file.
   *
   * @return the store's id
   * @throws StoreFailed if the file is damaged, no store, or newer
   */
  static UUID check(Disk disk, Path path, SealedFile file, MVStore store)
      throws StoreFailed, IOException {
    if (store.getMapNames().isEmpty()) {
      if (file.size() >= FRESH_BYTES || Journal.exists(disk, path)) {
        throw new StoreFailed(Sentences.damaged(path));
      }
      return number(store);
    }
    MVMap<byte[], byte[]> about =
        store.hasMap(Table.ABOUT.mapName()) ? BytesType.map(store, Table.ABOUT) : null;
    byte[] format = about == null ? null : about.get(FORMAT_KEY);
    if (format == null) {
      throw new StoreFailed(
          "The file " + path + " is not a NoPorts store; set 'file' to another path");
    }
    int found = Integer.parseInt(new String(format, UTF_8));
    if (found > CURRENT) {
      throw new StoreFailed(Sentences.newer(path, found));
    }
    if (found < CURRENT) {
      FileCopy.keep(
          disk, file.channel(), path.resolveSibling(path.getFileName() + ".format" + found));
      return number(store);
    }
    ByteBuffer id = ByteBuffer.wrap(about.get(ID_KEY));
    return new UUID(id.getLong(), id.getLong());
  }

  private static UUID number(MVStore store) {
    UUID id = UUID.randomUUID();
    MVMap<byte[], byte[]> about = BytesType.map(store, Table.ABOUT);
    about.put(FORMAT_KEY, Integer.toString(CURRENT).getBytes(UTF_8));
    about.put(
        ID_KEY,
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array());
    return id;
  }
}
