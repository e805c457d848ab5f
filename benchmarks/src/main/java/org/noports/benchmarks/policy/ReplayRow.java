package org.noports.benchmarks.policy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noports.api.ProtocolViolation;
import org.noports.api.audit.AuditEvent;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.PastDecision;
import org.noports.api.policy.RuleBook;
import org.noports.api.policy.RuleBook.Replayed;
import org.noports.benchmarks.Report;
import org.noports.benchmarks.Rounds;
import org.noports.benchmarks.Samples;
import org.noports.policy.rules.RulesPolicy;
import org.noports.protocol.json.JsonObject;

/**
 * Yesterday's decisions, from the files that the audit has written, against tomorrow's rules: a
 * book of 10,000, whose reading counts.
 */
public final class ReplayRow {
  private static final String WHAT = "replay of 100,000 decisions from the audit, 10,000 rules";
  private static final String GOAL = "< 5 s";
  private static final int RULES = 10_000;
  private static final int DECISIONS = 100_000;
  private static final double GOAL_MILLIS = 5_000;

  private ReplayRow() {}

  /** The row and its goal; failed if the audit has kept other decisions than were made. */
  public static void measure(Report report) {
    try {
      report.absolute(WHAT, samples(), "ms", GOAL, median -> median < GOAL_MILLIS);
    } catch (Exception e) {
      report.failed(WHAT, GOAL, String.valueOf(e.getMessage()).strip());
    }
  }

  private static Samples samples() throws Exception {
    Company company = new Company(RULES);
    String text = company.book();
    RuleBook yesterday = new RulesPolicy().read("yesterday", text);
    List<AccessRequest> asked = new Questions(company).halfPermitted(yesterday, DECISIONS);
    String tomorrow = text.replace("'06:00'", "'09:00'");
    try (AuditFolder audit = new AuditFolder()) {
      audit.keep(DECISIONS, i -> event(asked.get(i), yesterday));
      List<Path> files = audit.files();
      if (replayed(files, text).differing() != 0 || replayed(files, tomorrow).differing() == 0) {
        throw new IllegalStateException("what was replayed is not what was decided");
      }
      return Rounds.run(1, 7, Map.of("replay", () -> millis(files, tomorrow))).get("replay");
    }
  }

  private static AuditEvent event(AccessRequest asked, RuleBook book) {
    return new AuditEvent(
        Instant.EPOCH, PastDecision.EVENT, new PastDecision(asked, book.decide(asked)).details());
  }

  private static double millis(List<Path> files, String book) throws Exception {
    long begun = System.nanoTime();
    replayed(files, book);
    return (System.nanoTime() - begun) / 1e6;
  }

  private static Replayed replayed(List<Path> files, String book) throws Exception {
    List<InputStream> all = new ArrayList<>();
    for (Path file : files) {
      all.add(Files.newInputStream(file));
    }
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new SequenceInputStream(Collections.enumeration(all)), StandardCharsets.UTF_8))) {
      Replayed replayed =
          new RulesPolicy()
              .read("a book", book)
              .replay(
                  lines
                      .lines()
                      .filter(line -> line.contains(PastDecision.EVENT))
                      .map(ReplayRow::decision)
                      .iterator());
      if (replayed.asked() != DECISIONS) {
        throw new IOException("The audit has " + replayed.asked() + " decisions");
      }
      return replayed;
    }
  }

  /** As {@code policy-replay} reads a line. */
  private static PastDecision decision(String line) {
    try {
      JsonObject details = JsonObject.parse("the line", line).requireObject("details");
      Map<String, String> all = new LinkedHashMap<>();
      for (String name : details.fields().keySet()) {
        all.put(name, details.requireText(name));
      }
      return PastDecision.of(all);
    } catch (ProtocolViolation e) {
      throw new IllegalStateException(e);
    }
  }
}
