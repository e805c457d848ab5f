package org.noports.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.ProtocolViolation;
import org.noports.api.policy.PastDecision;
import org.noports.protocol.json.JsonObject;

/** The decisions in an audit's file of JSON lines, one by one. */
final class ReadDecisions implements Iterator<PastDecision>, AutoCloseable {
  private final BufferedReader lines;
  private Optional<PastDecision> next = Optional.empty();
  private long skipped;

  private ReadDecisions(BufferedReader lines) {
    this.lines = lines;
  }

  static ReadDecisions open(String file) throws ConfigurationInvalid {
    try {
      return new ReadDecisions(Files.newBufferedReader(Path.of(file)));
    } catch (IOException e) {
      throw new ConfigurationInvalid(file + " cannot be read: " + e, e);
    }
  }

  @Override
  public boolean hasNext() {
    try {
      while (next.isEmpty()) {
        String line = lines.readLine();
        if (line == null) {
          return false;
        }
        next = decision(line);
        skipped += next.isEmpty() ? 1 : 0;
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<PastDecision> decision(String line) {
    if (!line.contains(PastDecision.EVENT)) {
      return Optional.empty();
    }
    try {
      JsonObject json = JsonObject.parse("the line", line);
      if (!json.requireText("event").equals(PastDecision.EVENT)) {
        return Optional.empty();
      }
      JsonObject details = json.requireObject("details");
      Map<String, String> all = new LinkedHashMap<>();
      for (String name : details.fields().keySet()) {
        all.put(name, details.requireText(name));
      }
      return Optional.of(PastDecision.of(all));
    } catch (ProtocolViolation | RuntimeException e) {
      // Nobody's decision; the audit's own verification is for what was tampered with.
      return Optional.empty();
    }
  }

  @Override
  public PastDecision next() {
    if (!hasNext()) {
      throw new NoSuchElementException("there are no more decisions");
    }
    PastDecision one = next.orElseThrow();
    next = Optional.empty();
    return one;
  }

  /** How many lines were passed over. */
  long skipped() {
    return skipped;
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
