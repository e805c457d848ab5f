package org.noports.directory.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.StoreFailed;
import org.noports.api.health.Health;

/**
 * The records, as the file says them now. It is looked at twice a second, which works on every file
 * system, and read again when it has changed; while it cannot be read, what it said before counts.
 */
final class RecordsFile implements Records {
  private static final String KEPT = "what it said before counts until it is mended";

  private static final int MOST_NAMED = 3;

  private final Path file;
  private FileMark mark = FileMark.NONE;
  private volatile RecordsText text = RecordsText.of(List.of());
  private FileMark seen = FileMark.NONE;
  private volatile String trouble = "";

  RecordsFile(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  @Override
  public SortedMap<AtSign, HostPort> all() {
    return text.records();
  }

  @Override
  public Map<String, String> answers() {
    return text.answers();
  }

  /**
   * Reads the file if it has changed and was the same twice: one that is being copied is left
   * alone. A broken or vanished one takes nothing away that was read before.
   */
  @Override
  public synchronized void look() {
    FileMark now = FileMark.of(file);
    boolean settled = now.equals(seen) || seen.equals(FileMark.NONE);
    seen = now;
    if (now.equals(mark) || !settled) {
      return;
    }
    if (now.isMissing() && !text.lines().isEmpty()) {
      mark = FileMark.NONE;
      tell("The records file " + file + " is gone; " + KEPT);
      return;
    }
    try {
      take(read());
      // Taken before reading: a change meanwhile differs from it and is seen the next time.
      mark = now;
    } catch (IOException e) {
      tell("The records file " + file + " cannot be read (" + e + "); " + KEPT);
    }
  }

  private void take(RecordsText read) {
    read.complaints().stream()
        .limit(MOST_NAMED)
        .forEach(complaint -> DirectoryServerLog.complaint(file, complaint));
    if (!read.complaints().isEmpty() && !text.lines().isEmpty()) {
      tell("The records file " + file + " is broken: " + some(read.complaints()) + "; " + KEPT);
      return;
    }
    text = read;
    trouble = "";
    DirectoryServerLog.read(file, read.records().size());
  }

  private void tell(String sentence) {
    if (!sentence.equals(trouble)) {
      DirectoryServerLog.trouble(sentence);
    }
    trouble = sentence;
  }

  @Override
  public synchronized void register(AtSign atSign, HostPort address) throws StoreFailed {
    if (address.equals(text.records().get(atSign)) && FileMark.of(file).equals(mark)) {
      // Hosts say again at each start what stands here: ten thousand times, of ten thousand lines.
      return;
    }
    change(now -> now.with(atSign, address));
    DirectoryServerLog.registered(atSign, address);
  }

  @Override
  public synchronized boolean remove(AtSign atSign) throws StoreFailed {
    boolean[] present = new boolean[1];
    change(
        now -> {
          present[0] = now.records().containsKey(atSign);
          return now.without(atSign);
        });
    if (present[0]) {
      DirectoryServerLog.removed(atSign);
    }
    return present[0];
  }

  private void change(UnaryOperator<RecordsText> change) throws StoreFailed {
    try {
      RecordsText before = sound();
      RecordsText after = change.apply(before);
      if (!after.lines().equals(before.lines()) || FileMark.of(file).isMissing()) {
        write(after.lines());
      }
      text = after;
      mark = FileMark.of(file);
      seen = mark;
      trouble = "";
    } catch (IOException e) {
      throw new StoreFailed(
          "The records file "
              + file
              + " cannot be changed ("
              + e
              + "); check that its folder exists, has space and may be written",
          e);
    }
  }

  /** What the file says; what it said before, if it has vanished since. */
  private RecordsText sound() throws IOException, StoreFailed {
    if (FileMark.of(file).isMissing()) {
      return text;
    }
    RecordsText read = read();
    if (!read.complaints().isEmpty()) {
      throw new StoreFailed(
          "The records file "
              + file
              + " is not changed while it is broken, mend it first: "
              + some(read.complaints()));
    }
    return read;
  }

  private RecordsText read() throws IOException {
    try {
      return RecordsText.of(Files.readAllLines(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return RecordsText.of(List.of());
    }
  }

  /** Replaces the file in one step: a reader sees the old or the new one, after a crash too. */
  private void write(List<String> lines) throws IOException {
    Files.createDirectories(file.getParent());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        out.write(left);
      }
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private static String some(List<String> complaints) {
    int more = complaints.size() - MOST_NAMED;
    return complaints.stream().limit(MOST_NAMED).collect(Collectors.joining("; "))
        + (more > 0 ? "; and " + more + " more" : "");
  }

  @Override
  public Health health() {
    if (!trouble.isEmpty()) {
      return Health.degraded(trouble);
    }
    if (!text.complaints().isEmpty()) {
      return Health.degraded("In " + file + ", " + some(text.complaints()));
    }
    return Health.ok(all().size() + " records from " + file);
  }
}
