package org.noports.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.api.audit.AuditEvent;
import org.noports.audit.chain.AuditFiles;
import org.noports.audit.chain.ChainEvents;
import org.noports.audit.chain.ChainHead;
import org.noports.audit.chain.ChainLine;
import org.noports.audit.chain.KeptLine;
import org.noports.audit.chain.Sha256;
import org.noports.audit.chain.TailOfFile;
import org.noports.protocol.json.JsonObject;

/**
 * Finds where a chain goes on: in the file that is there, after the files before it, and after what
 * is known to have been written. What is wrong is healed where nothing is lost by it, and told in
 * the chain.
 *
 * @param file opened for appending
 * @param begun when its first line was written; empty if it has none yet
 * @param head where the chain goes on
 * @param tell what is to be told first, in this order
 * @param torn whether the file ends in the middle of a line
 */
record OpenedChain(
    EventFile file, Optional<Instant> begun, ChainHead head, List<AuditEvent> tell, boolean torn) {
  /**
   * Opens it.
   *
   * @param known where this process has left the chain, if it has had it
   * @throws IOException with a sentence if it cannot be, or if it is not ours
   */
  static OpenedChain open(Settings settings, Optional<ChainHead> known, Clock clock)
      throws IOException {
    List<AuditEvent> tell = new ArrayList<>();
    EventFile file = EventFile.open(settings.file());
    try {
      Optional<KeptLine> first = first(file);
      if (first.isEmpty() && file.size() > 0) {
        file.close();
        setAside(settings.file(), tell, clock);
        file = EventFile.open(settings.file());
      }
      TailOfFile tail = file.tail();
      boolean torn = tail.torn().length > 0;
      if (torn) {
        AuditLog.tornLine(settings.file(), tail.torn().length);
        tell.add(healed(clock, tail.torn()));
      }
      ChainHead found = tail.last().isPresent() ? head(tail) : before(settings.file());
      ChainHead expected = known.or(() -> new HeadFile(settings).read()).orElse(found);
      if (expected.number() > found.number()) {
        AuditLog.cut(settings.file(), found, expected);
        tell.add(cut(clock, found, expected));
      }
      if (known.isEmpty()) {
        tell.add(started(clock, tail.last()));
      }
      ChainHead head = expected.number() > found.number() ? expected : found;
      return new OpenedChain(file, first.map(it -> it.event().at()), head, tell, torn);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static ChainHead head(TailOfFile tail) {
    return tail.last().orElseThrow().head();
  }

  /** The first line; empty if there is nothing, or what an older version wrote. */
  private static Optional<KeptLine> first(EventFile file) throws IOException {
    byte[] line = file.firstLine();
    String text = new String(line, UTF_8);
    String ours = "{\"noportsAudit\":" + ChainLine.FORMAT + ",";
    boolean alone = file.size() == line.length;
    if (alone && (ours.startsWith(text) || text.startsWith(ours))) {
      // Somebody pulled the plug at the first line of all: nothing was kept in it.
      file.empty();
      return Optional.empty();
    }
    try {
      long format = JsonObject.parse("the first line", text).requireWhole("noportsAudit");
      if (format > ChainLine.FORMAT) {
        throw new IOException(
            "it has format " + format + ", this version writes format " + ChainLine.FORMAT);
      }
      return format == ChainLine.FORMAT ? Optional.of(KeptLine.of(line)) : Optional.empty();
    } catch (ProtocolViolation e) {
      throw new IOException("it is no event file", e);
    }
  }

  /** A file of the format before has no hashes: the chain begins with the hash of all of it. */
  private static void setAside(Path path, List<AuditEvent> tell, Clock clock) throws IOException {
    String hash = Sha256.of(path);
    Path aside = path.resolveSibling("format-1-" + path.getFileName());
    if (Files.exists(aside)) {
      throw new IOException("it has format 1, and " + aside + " is there already; move one away");
    }
    Files.move(path, aside);
    tell.add(
        ChainEvents.of(
            clock.instant(), ChainEvents.ADOPTED, "file", aside.getFileName(), "sha256", hash));
  }

  /** Where the chain stands without a current file. */
  private static ChainHead before(Path path) throws IOException {
    List<Path> before = new AuditFiles(path).before();
    for (int i = before.size() - 1; i >= 0; i--) {
      try (FileChannel channel = FileChannel.open(before.get(i), StandardOpenOption.READ)) {
        TailOfFile tail = TailOfFile.of(channel);
        if (tail.last().isPresent()) {
          return head(tail);
        }
      }
    }
    return ChainHead.NONE;
  }

  private static AuditEvent healed(Clock clock, byte[] torn) {
    return ChainEvents.of(
        clock.instant(), ChainEvents.HEALED, "bytes", torn.length, "sha256", Sha256.of(torn));
  }

  private static AuditEvent cut(Clock clock, ChainHead found, ChainHead expected) {
    return ChainEvents.of(
        clock.instant(), ChainEvents.CUT, "found", found.number(), "expected", expected.number());
  }

  private static AuditEvent started(Clock clock, Optional<KeptLine> last) {
    String after =
        last.map(
                it ->
                    it.event().event().equals(ChainEvents.CHECKPOINT)
                            && it.detail("cause").equals(ChainEvents.STOP)
                        ? ChainEvents.STOP
                        : "crash")
            .orElse("nothing");
    return ChainEvents.of(clock.instant(), ChainEvents.STARTED, "after", after);
  }
}
