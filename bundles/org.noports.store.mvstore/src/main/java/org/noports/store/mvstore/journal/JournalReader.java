package org.noports.store.mvstore.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.noports.store.mvstore.disk.Disk;

/**
 * Reads a journal again after a stop: every record once, in order, up to where the last one was
 * torn. Sequence numbers without a gap prove that nothing acknowledged is missing.
 */
final class JournalReader {
  private record Part(Path path, FileChannel channel, Segment.Head head) {}

  private final JournalRecord.Rows rows;
  private long next;

  JournalReader(long next, JournalRecord.Rows rows) {
    this.next = next;
    this.rows = rows;
  }

  /**
   * Reads the segments.
   *
   * @return the sequence number that follows the last record
   * @throws JournalDamaged if records are missing, or the journal is another store's
   */
  long read(Disk disk, List<Path> paths, UUID store) throws IOException {
    List<Part> parts = new ArrayList<>();
    try {
      for (Path path : paths) {
        FileChannel channel = disk.open(path);
        Optional<Segment.Head> head = Segment.readHead(channel);
        if (head.isEmpty()) {
          // Its making was cut off: nothing in it was acknowledged. Otherwise a number will lack.
          channel.close();
        } else {
          parts.add(new Part(path, channel, checked(path, head.get(), store)));
        }
      }
      for (int i = 0; i < parts.size(); i++) {
        boolean last = i == parts.size() - 1;
        read(parts.get(i), last ? Long.MAX_VALUE : parts.get(i + 1).head().first());
      }
      return next;
    } finally {
      for (Part part : parts) {
        part.channel().close();
      }
    }
  }

  private static Segment.Head checked(Path path, Segment.Head head, UUID store)
      throws JournalDamaged {
    if (head.format() > Segment.FORMAT) {
      throw new JournalDamaged(
          "The journal "
              + path
              + " has format "
              + head.format()
              + ", this version reads up to "
              + Segment.FORMAT
              + "; start the newer version that wrote it");
    }
    if (!head.store().equals(store)) {
      throw new JournalDamaged(
          "The journal "
              + path
              + " belongs to another store than the file beside it; put that"
              + " file back, or move the journal away and lose what only it holds");
    }
    return head;
  }

  /** Reads a segment's records, but none from {@code end} on: a later segment replaced them. */
  private void read(Part part, long end) throws IOException {
    if (part.head().first() > next) {
      throw missing(part.path());
    }
    long size = part.channel().size();
    long at = Segment.HEAD;
    long sequence = part.head().first();
    while (sequence < end) {
      Optional<ByteBuffer> record = record(part.channel(), at, size, sequence);
      if (record.isEmpty()) {
        break;
      }
      if (sequence == next) {
        JournalRecord.read(record.get().position(JournalRecord.HEAD), rows);
        next++;
      }
      at += record.get().capacity();
      sequence++;
    }
    if (next < end && (end != Long.MAX_VALUE || followed(part.channel(), at, size, sequence))) {
      throw missing(part.path());
    }
  }

  private JournalDamaged missing(Path path) {
    return new JournalDamaged(
        "The journal "
            + path
            + " is damaged: record "
            + next
            + " cannot be read though later ones"
            + " can; restore the store from a backup");
  }

  /** The record at {@code at}; empty if it is torn or none. */
  private static Optional<ByteBuffer> record(FileChannel channel, long at, long size, long sequence)
      throws IOException {
    long length = length(channel, at, size);
    if (length < 0) {
      return Optional.empty();
    }
    ByteBuffer record = ByteBuffer.allocate((int) length);
    boolean whole = Segment.fill(channel, record, at);
    boolean holds =
        whole
            && record.getLong(8) == sequence
            && record.getInt(4) == JournalRecord.checksum(record.array(), (int) length);
    return holds ? Optional.of(record.flip()) : Optional.empty();
  }

  private static long length(FileChannel channel, long at, long size) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(4);
    if (at + JournalRecord.HEAD > size || !Segment.fill(channel, head, at)) {
      return -1;
    }
    long length = (long) head.getInt(0) + JournalRecord.HEAD;
    boolean sound = length > JournalRecord.HEAD && length <= Integer.MAX_VALUE - 8;
    return sound && at + length <= size ? length : -1;
  }

  /**
   * Whether the record behind an unreadable one can be read. Each record was forced before the next
   * was written, so then it is no torn end but damage to what was acknowledged.
   */
  private static boolean followed(FileChannel channel, long at, long size, long sequence)
      throws IOException {
    long length = length(channel, at, size);
    return length >= 0 && record(channel, at + length, size, sequence + 1).isPresent();
  }
}
