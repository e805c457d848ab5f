package org.noports.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.noports.api.ProtocolViolation;
import org.noports.api.StoreFailed;
import org.noports.api.audit.AuditEntry;
import org.noports.api.audit.AuditFilter;
import org.noports.api.audit.AuditReport;
import org.noports.api.audit.AuditTrail.Noted;
import org.noports.api.audit.AuditTrail.Question;
import org.noports.audit.chain.AuditFiles;
import org.noports.audit.chain.ChainHead;
import org.noports.audit.chain.KeptLine;
import org.noports.audit.chain.ReadLines;
import org.noports.audit.chain.VerifyFiles;

/** Reads and verifies what was written, while it goes on being written. */
final class KeptTrail {
  /** What is written, or gets its final name, while all is read looks like a gap that is none. */
  private static final int TRIES = 5;

  private final EventWriter writer;

  KeptTrail(EventWriter writer) {
    this.writer = writer;
  }

  List<Path> files() throws StoreFailed {
    try {
      return new AuditFiles(writer.path()).all();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  void read(AuditFilter filter, Consumer<AuditEntry> reader) throws StoreFailed {
    for (Path file : files()) {
      try (ReadLines lines = new ReadLines(Files.newInputStream(file), Long.MAX_VALUE)) {
        Optional<ReadLines.Line> line = lines.next();
        while (line.isPresent()) {
          entry(line.get().bytes()).filter(it -> filter.matches(it.event())).ifPresent(reader);
          line = lines.next();
        }
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  private static Optional<AuditEntry> entry(byte[] line) {
    try {
      KeptLine kept = KeptLine.of(line);
      return Optional.of(new AuditEntry(kept.head().number(), kept.event(), kept.text()));
    } catch (ProtocolViolation e) {
      return Optional.empty();
    }
  }

  AuditReport verify(Question question) throws StoreFailed {
    try {
      return question.files().isEmpty() ? ours(question) : named(question);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static AuditReport named(Question question) throws IOException {
    return new VerifyFiles(
            question.files(),
            question.keys(),
            question.expected().stream().toList(),
            true,
            OptionalLong.empty())
        .verify();
  }

  private AuditReport ours(Question question) throws IOException {
    for (int attempt = 1; ; attempt++) {
      Optional<EventWriter.Written> before = writer.written();
      AuditFiles names = new AuditFiles(writer.path());
      List<Path> files = names.all();
      AuditReport report =
          new VerifyFiles(
                  files, question.keys(), wanted(question, before), false, limit(before, files))
              .verify();
      boolean still = files.equals(names.all()) && before.equals(writer.written());
      if (attempt == TRIES || report.findings().isEmpty() || still) {
        return report;
      }
    }
  }

  private static OptionalLong limit(Optional<EventWriter.Written> written, List<Path> files) {
    return written
        .filter(it -> !files.isEmpty() && it.file().equals(files.get(files.size() - 1)))
        .map(it -> OptionalLong.of(it.bytes()))
        .orElse(OptionalLong.empty());
  }

  private List<Noted> wanted(Question question, Optional<EventWriter.Written> written) {
    List<Noted> wanted = new ArrayList<>(question.expected().stream().toList());
    written.map(EventWriter.Written::head).map(KeptTrail::noted).ifPresent(wanted::add);
    // A checkpoint behind what we knew when we began is not missing: it came meanwhile.
    long upTo = written.map(it -> it.head().number()).orElse(Long.MAX_VALUE);
    writer
        .checkpoint()
        .filter(it -> it.number() <= upTo)
        .map(KeptTrail::noted)
        .ifPresent(wanted::add);
    return wanted;
  }

  private static Noted noted(ChainHead head) {
    return new Noted(head.number(), head.hash());
  }

  private static StoreFailed failed(IOException e) {
    return new StoreFailed("The audit's files cannot be read: " + e, e);
  }
}
