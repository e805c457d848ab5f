package org.noports.store.mvstore.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.noports.store.mvstore.disk.Disk;

/**
 * One file of the journal: a head of 48 bytes, then records. Whatever stands in an earlier segment
 * from this one's first sequence number on does not count: its outcome was never said.
 *
 * <p>The head: 8 bytes {@code NoPortsJ}, 4 bytes format, 16 bytes id of the store, 8 bytes first
 * sequence number, 8 bytes of zero, 4 bytes CRC-32C of all these.
 */
final class Segment {
  static final int HEAD = 48;
  static final int FORMAT = 1;
  private static final long MAGIC = 0x4e6f506f7274734aL;

  /** Written in slices: the channel copies through memory that it never gives back. */
  private static final int SLICE = 256 << 10;

  /**
   * A file that grows costs the disk a second write for each flush, that of its length. So it grows
   * ahead by zeros, in steps as long as it is so far, unless room is short.
   */
  private static final int SHORTEST_STEP = 64 << 10;

  private static final int LONGEST_STEP = 1 << 20;
  private static final long SHORT_ROOM = 64L * LONGEST_STEP;

  private final Disk disk;
  private final FileChannel channel;
  private final Path path;
  private final ByteBuffer direct = ByteBuffer.allocateDirect(SLICE);
  private long end = HEAD;
  private long reserved = HEAD;

  private Segment(Disk disk, FileChannel channel, Path path) {
    this.disk = disk;
    this.channel = channel;
    this.path = path;
  }

  /** What a segment's head says. */
  record Head(int format, UUID store, long first) {}

  /** Makes a segment; its name and its head are kept when this returns. */
  static Segment create(Disk disk, Path path, UUID store, long first) throws IOException {
    Segment segment = new Segment(disk, disk.open(path), path);
    try {
      segment.channel.truncate(0);
      segment.write(head(store, first), 0);
      segment.channel.force(true);
      disk.forceNames(path.getParent());
      return segment;
    } catch (IOException e) {
      segment.close();
      throw e;
    }
  }

  private static ByteBuffer head(UUID store, long first) {
    ByteBuffer head =
        ByteBuffer.allocate(HEAD)
            .putLong(MAGIC)
            .putInt(FORMAT)
            .putLong(store.getMostSignificantBits())
            .putLong(store.getLeastSignificantBits())
            .putLong(first)
            .putLong(0);
    return head.putInt(checksum(head)).flip();
  }

  private static int checksum(ByteBuffer head) {
    CRC32C checksum = new CRC32C();
    checksum.update(head.array(), 0, HEAD - 4);
    return (int) checksum.getValue();
  }

  /** The head; empty if it was not written whole. */
  static Optional<Head> readHead(FileChannel channel) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    if (channel.size() < HEAD || !fill(channel, head, 0)) {
      return Optional.empty();
    }
    head.flip();
    if (head.getLong(0) != MAGIC || head.getInt(HEAD - 4) != checksum(head)) {
      return Optional.empty();
    }
    return Optional.of(
        new Head(head.getInt(8), new UUID(head.getLong(12), head.getLong(20)), head.getLong(28)));
  }

  /** Reads until {@code into} is full; false if the file ends before. */
  static boolean fill(FileChannel channel, ByteBuffer into, long from) throws IOException {
    long at = from - into.position();
    while (into.hasRemaining()) {
      if (channel.read(into, at + into.position()) < 0) {
        return false;
      }
    }
    return true;
  }

  Path path() {
    return path;
  }

  long bytes() {
    return end;
  }

  /** Appends a record and waits until the disk has it. */
  void append(ByteBuffer record) throws IOException {
    int length = record.remaining();
    write(record, end);
    if (end + length > reserved) {
      reserve(end + length);
    }
    channel.force(false);
    end += length;
  }

  /** Writes zeros from {@code from} on. */
  private void reserve(long from) {
    int step = (int) Math.max(SHORTEST_STEP, Math.min(LONGEST_STEP, from));
    reserved = from + step;
    try {
      if (disk.room(path.getParent()) > SHORT_ROOM) {
        for (long at = from; at < reserved; at += SHORTEST_STEP) {
          write(ByteBuffer.allocate((int) Math.min(SHORTEST_STEP, reserved - at)), at);
        }
      }
    } catch (IOException e) {
      // The record itself is written, and whether it is kept the flush will say.
      return;
    }
  }

  private void write(ByteBuffer bytes, long from) throws IOException {
    long at = from;
    while (bytes.hasRemaining()) {
      int slice = Math.min(SLICE, bytes.remaining());
      direct.clear().put(bytes.slice(bytes.position(), slice)).flip();
      while (direct.hasRemaining()) {
        at += channel.write(direct, at);
      }
      bytes.position(bytes.position() + slice);
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // All that counts was forced, and a handle that cannot be closed is gone all the same.
      return;
    }
  }
}
