package org.noports.store.mvstore.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.noports.store.mvstore.disk.Disk;

/**
 * The journal of one store. Used by one thread at a time, but for {@link #drop}.
 *
 * <p>A record is kept once {@link #append} returned. When it throws, the record's outcome is open
 * until {@link #turn} has begun a new segment: that one says that the record does not count.
 */
public final class Journal {
  private final Disk disk;
  private final Path folder;
  private final String prefix;
  private final UUID store;
  private final List<Path> older = new ArrayList<>();
  private Segment current;

  /** Whether a new segment must be begun first: the current one may end in what does not count. */
  private boolean broken;

  private long number;
  private long next;

  private Journal(Disk disk, Path file, UUID store) {
    this.disk = disk;
    this.folder = file.getParent();
    this.prefix = file.getFileName() + ".journal-";
    this.store = store;
  }

  /**
   * Reads what there is beyond {@code done} and begins a new segment.
   *
   * @param file the store's file; segments lie beside it
   * @param done the last sequence number whose rows the file has
   * @param rows receives the rows of all later records, in order
   */
  public static Journal open(Disk disk, Path file, UUID store, long done, JournalRecord.Rows rows)
      throws IOException {
    Journal journal = new Journal(disk, file, store);
    List<Path> segments = disk.list(journal.folder, journal.prefix);
    journal.next = new JournalReader(done + 1, rows).read(disk, segments, store);
    journal.older.addAll(segments);
    journal.number = segments.stream().mapToLong(journal::number).max().orElse(0);
    journal.turn();
    return journal;
  }

  private long number(Path segment) {
    String name = segment.getFileName().toString();
    try {
      return Long.parseLong(name.substring(prefix.length()), 16);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Writes the record and waits until the disk has it. Its number is {@link #last} then. */
  public void append(JournalRecord record) throws IOException {
    if (broken) {
      throw new IOException("A new segment of the journal has not been begun yet");
    }
    broken = true;
    current.append(record.sealed(next));
    broken = false;
    next++;
  }

  /** The number of the last record that is kept. */
  public long last() {
    return next - 1;
  }

  /** How many bytes the current segment has. */
  public long bytes() {
    return current.bytes();
  }

  /**
   * Begins a new segment.
   *
   * @return the segments before it, to be given to {@link #drop} once the file has their rows
   */
  public List<Path> turn() throws IOException {
    Path path = folder.resolve(String.format("%s%016x", prefix, ++number));
    // Even if it fails the new segment may come to light after a stop, and end the current one.
    broken = true;
    Segment begun;
    try {
      begun = Segment.create(disk, path, store, next);
    } catch (IOException e) {
      disk.delete(path);
      throw e;
    }
    if (current != null) {
      current.close();
      older.add(current.path());
    }
    current = begun;
    broken = false;
    return List.copyOf(older);
  }

  /** Deletes segments. One that stays behind does no harm: its records are not read again. */
  public void drop(List<Path> segments) throws IOException {
    for (Path segment : segments) {
      disk.delete(segment);
    }
    older.removeAll(segments);
  }

  /** Closes without writing. */
  public void close() {
    current.close();
  }

  /**
   * Closes when the file has everything. An empty segment stays, as a sign that there was a file.
   */
  public void end() throws IOException {
    drop(turn());
    current.close();
    disk.forceNames(folder);
  }

  /** Whether there ever was a journal beside {@code file}. */
  public static boolean exists(Disk disk, Path file) throws IOException {
    return !disk.list(file.getParent(), file.getFileName() + ".journal-").isEmpty();
  }
}
