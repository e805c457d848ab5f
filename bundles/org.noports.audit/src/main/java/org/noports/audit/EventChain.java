package org.noports.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.noports.api.audit.AuditEntry;
import org.noports.api.audit.AuditEvent;
import org.noports.api.identity.SigningKey;
import org.noports.audit.chain.AuditFiles;
import org.noports.audit.chain.ChainEvents;
import org.noports.audit.chain.ChainHead;
import org.noports.audit.chain.ChainLine;
import org.noports.audit.chain.WriteLine;

/**
 * The chain while it is written: over files and restarts, each line with the hash of the one
 * before, signed from time to time. Used by one thread.
 */
final class EventChain implements AutoCloseable {
  private final CheckpointKey keys;
  private final Clock clock;
  private final Consumer<AuditEntry> written;
  private Settings settings;
  private EventFile file;
  private Instant begun;
  private ChainHead head;
  private Optional<Instant> unsignedSince = Optional.empty();

  private EventChain(
      Settings settings, CheckpointKey keys, Clock clock, Consumer<AuditEntry> written) {
    this.settings = settings;
    this.keys = keys;
    this.clock = clock;
    this.written = written;
  }

  /**
   * Opens the chain where it stands, or begins one.
   *
   * @param known where this process has left it, if it has had it
   * @param written hears each line that is on the disk
   */
  static EventChain open(
      Settings settings,
      Optional<ChainHead> known,
      CheckpointKey keys,
      Clock clock,
      Consumer<AuditEntry> written)
      throws IOException {
    EventChain chain = new EventChain(settings, keys, clock, written);
    OpenedChain opened = OpenedChain.open(settings, known, clock);
    chain.file = opened.file();
    chain.head = opened.head();
    chain.begun = opened.begun().orElseGet(clock::instant);
    // Lines that were there may not be signed yet.
    chain.unsignedSince = Optional.of(clock.instant());
    try {
      if (opened.torn()) {
        chain.file.append(new byte[] {'\n'});
      }
      if (opened.begun().isEmpty()) {
        chain.begin("start");
      }
      chain.write(opened.tell());
      return chain;
    } catch (IOException e) {
      chain.close();
      throw e;
    }
  }

  ChainHead head() {
    return head;
  }

  long size() {
    return file.size();
  }

  Path path() {
    return settings.file();
  }

  /** Follows settings that name the same file. */
  void settings(Settings changed) {
    settings = changed;
  }

  /** Appends events and waits until the disk has them; on failure none of them counts. */
  void append(List<AuditEvent> events) throws IOException {
    if (file.size() >= settings.maxBytes() || isOld()) {
      // Before, not after: lines that are on disk must not fail because a new file cannot be had.
      rotate();
    }
    write(events);
  }

  /** By a clock that was set back further than that, a file would never become old. */
  private boolean isOld() {
    Duration age = Duration.between(begun, clock.instant()).abs();
    return !settings.maxAge().isZero() && age.compareTo(settings.maxAge()) >= 0;
  }

  private void write(List<AuditEvent> events) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512 * events.size());
    ChainLine[] lines = new ChainLine[events.size()];
    ChainHead next = head;
    for (int i = 0; i < lines.length; i++) {
      lines[i] = WriteLine.next(next, events.get(i));
      next = lines[i].head();
      bytes.writeBytes(lines[i].text().getBytes(UTF_8));
      bytes.write('\n');
    }
    if (lines.length > 0) {
      file.append(bytes.toByteArray());
      head = next;
      unsignedSince = unsignedSince.or(() -> Optional.of(clock.instant()));
    }
    for (int i = 0; i < lines.length; i++) {
      written.accept(new AuditEntry(lines[i].head().number(), events.get(i), lines[i].text()));
    }
  }

  /**
   * Signs what was written, if the oldest of it has waited long enough; and at once if the clock
   * was set back meanwhile, since nobody knows how long it has waited.
   */
  void checkpointIfDue() throws IOException {
    Instant now = clock.instant();
    if (unsignedSince
        .filter(it -> now.isBefore(it) || !now.isBefore(it.plus(settings.checkpoint())))
        .isPresent()) {
      checkpoint("time");
    }
  }

  /** Signs all that is before; without a key nothing happens, and health says so. */
  void checkpoint(String cause) throws IOException {
    Optional<SigningKey> key = keys.key(settings.keyFile());
    if (key.isPresent()) {
      AuditEvent event =
          ChainEvents.of(
              clock.instant(),
              ChainEvents.CHECKPOINT,
              "cause",
              cause,
              "key",
              key.get().publicKey());
      writeOne(WriteLine.signed(head, event, key.get()), event);
      unsignedSince = Optional.empty();
      keys.noted(new HeadFile(settings).write(head));
      AuditLog.checkpoint(head, key.get().fingerprint());
    }
  }

  private void writeOne(ChainLine line, AuditEvent event) throws IOException {
    file.append((line.text() + "\n").getBytes(UTF_8));
    head = line.head();
    written.accept(new AuditEntry(head.number(), event, line.text()));
  }

  private void begin(String because) throws IOException {
    AuditEvent event = ChainEvents.of(clock.instant(), ChainEvents.FILE, "because", because);
    begun = event.at();
    writeOne(WriteLine.first(head, event), event);
    unsignedSince = unsignedSince.or(() -> Optional.of(clock.instant()));
  }

  private void rotate() throws IOException {
    checkpoint("rotation");
    AuditFiles files = new AuditFiles(settings.file());
    Path full = files.next();
    file.close();
    Files.move(settings.file(), full);
    file = EventFile.open(settings.file());
    begin("rotation");
    removeOld(files);
  }

  private void removeOld(AuditFiles files) throws IOException {
    for (RemovableFile old : RemovableFile.among(files.before(), settings, clock.instant())) {
      write(List.of(old.removal(clock.instant())));
      Files.deleteIfExists(old.path());
      AuditLog.removed(old.path(), old.last().number());
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
