package org.noports.ssh.recording;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.noports.api.NoPortsException;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.stream.StreamOrigin;
import org.noports.protocol.json.JsonObject;

/** Begins recordings, and sees to it that each is on disk within a second. */
public final class Recorder {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final String SUFFIX = ".noports-recording";
  private static final int ASCIICAST = 2;

  private final Set<Recording> running = ConcurrentHashMap.newKeySet();
  private final AtomicLong numbers = new AtomicLong();
  private final Supplier<RecordingSettings> settings;
  private final Supplier<Optional<CipherCatalogue>> ciphers;
  private final RecordingEvents events;
  private final Clock clock = Clock.systemUTC();

  /**
   * @param ciphers the catalogue, if it runs now
   * @param events hears of each
   * @param thread looks after what was recorded, once a second
   */
  public Recorder(
      Supplier<RecordingSettings> settings,
      Supplier<Optional<CipherCatalogue>> ciphers,
      RecordingEvents events,
      ScheduledExecutorService thread) {
    this.settings = settings;
    this.ciphers = ciphers;
    this.events = events;
    thread.scheduleWithFixedDelay(() -> running.forEach(Recording::tick), 1, 1, TimeUnit.SECONDS);
  }

  /** Why nothing could be recorded now, as a full sentence; empty if it could. */
  public Optional<String> objection() {
    RecordingSettings now = settings.get();
    if (now.auditorKey().isEmpty()) {
      return Optional.of(
          "nothing is recorded here: auditorKey in etc/org.noports.ssh.cfg is empty");
    }
    try {
      AuditorKey key = AuditorKey.read(now.auditorKey().get());
      if (ciphers.get().filter(known -> isPresent(known, key.agreement())).isEmpty()) {
        return Optional.of("the cipher '" + key.agreement() + "' of auditorKey is not present");
      }
      return free(now) < now.freeBytes()
          ? Optional.of(
              "less than recordingFreeBytes = " + now.freeBytes() + " bytes of the disk are free")
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static boolean isPresent(CipherCatalogue catalogue, String agreement) {
    return catalogue.present().stream()
        .anyMatch(
            each ->
                each.kind().equals(PresentAlgorithm.KEY_AGREEMENT)
                    && each.name().equals(agreement));
  }

  private static long free(RecordingSettings now) throws IOException {
    Path there = now.folder().toAbsolutePath();
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    FileStore disk = Files.getFileStore(there);
    return disk.getUsableSpace();
  }

  /**
   * Begins one.
   *
   * @param what the command, empty for a shell
   * @throws IOException with a full sentence, if it cannot be
   */
  public Tap begin(StreamOrigin origin, Optional<String> what, String term, int columns, int rows)
      throws IOException {
    try {
      return begun(origin, header(origin, what, term, columns, rows));
    } catch (IOException | NoPortsException e) {
      events.failed(origin, e.getMessage());
      throw new IOException(e.getMessage(), e);
    }
  }

  private Recording begun(StreamOrigin origin, JsonObject header)
      throws IOException, NoPortsException {
    Optional<String> objection = objection();
    if (objection.isPresent()) {
      throw new IOException(objection.get());
    }
    RecordingSettings now = settings.get();
    String name =
        TIME.format(clock.instant()) + "-" + origin.session() + "-" + numbers.incrementAndGet();
    SealedFile file =
        SealedFile.create(
            now,
            AuditorKey.read(now.auditorKey().orElseThrow()),
            name + SUFFIX,
            ciphers.get().orElseThrow());
    try {
      Recording made =
          new Recording(file, header, why -> events.failed(origin, why), running::remove);
      running.add(made);
      events.begun(origin, now.folder().resolve(name + SUFFIX));
      return made;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private JsonObject header(
      StreamOrigin origin, Optional<String> what, String term, int columns, int rows) {
    return JsonObject.builder()
        .put("version", ASCIICAST)
        .put("width", columns)
        .put("height", rows)
        .put("timestamp", clock.instant().getEpochSecond())
        .putIfPresent("command", what)
        .put("title", origin.client() + " on " + origin.device() + ", session " + origin.session())
        .put("env", JsonObject.builder().put("TERM", term).build())
        .build();
  }

  /** Ends all. */
  public void close() {
    Set.copyOf(running).forEach(Recording::close);
  }
}
