package org.noports.audit.chain;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.api.audit.AuditReport.Finding;
import org.noports.api.audit.AuditTrail.Noted;

/** Goes along a chain, line by line, and finds where it does not hold. */
final class Walk {
  /** Beyond it a file is another one, and each line of it would be a finding. */
  private static final int MOST_FINDINGS = 100;

  /** A line that is none, and may be the one that a crash cut off. */
  private record Torn(Path file, long line, byte[] bytes, String why) {}

  final List<Finding> findings = new ArrayList<>();
  final List<String> notes = new ArrayList<>();
  final Signatures signatures;
  private final List<Noted> wanted;
  private final Map<Long, String> removals = new HashMap<>();
  private Optional<Torn> torn = Optional.empty();
  private Optional<KeptLine> begin = Optional.empty();
  private ChainHead head = ChainHead.NONE;
  private long lines;
  private long signed;
  private Path file = Path.of("");
  private long line;

  Walk(Signatures signatures, List<Noted> wanted) {
    this.signatures = signatures;
    this.wanted = new ArrayList<>(wanted);
  }

  void begin(Path file) {
    this.file = file;
    line = 0;
  }

  void line(byte[] bytes, boolean ended) {
    line++;
    lines++;
    try {
      KeptLine kept = KeptLine.of(bytes);
      if (!ended) {
        find("the line has no end: something behind it was cut off");
      }
      if (kept.first().isPresent() != (line == 1)) {
        find(
            line == 1
                ? "a file's first line is missing"
                : "a file's first line stands in its middle");
      }
      settle(Optional.of(kept));
      accept(kept);
    } catch (ProtocolViolation e) {
      settle(Optional.empty());
      torn = Optional.of(new Torn(file, line, bytes, "it is no line of the chain: " + why(e)));
    }
  }

  private static String why(ProtocolViolation e) {
    String why = e.getMessage();
    return why.length() > 200 ? why.substring(0, 200) + "…" : why;
  }

  /** A line that is none was cut off by a crash if the next one says exactly that. */
  private void settle(Optional<KeptLine> next) {
    torn.ifPresent(
        it -> {
          boolean healed =
              next.filter(
                      line ->
                          line.is(ChainEvents.HEALED)
                              && line.detail("sha256").equals(Sha256.of(it.bytes())))
                  .isPresent();
          if (healed) {
            notes.add(
                it.file()
                    + ":"
                    + it.line()
                    + ": cut off by a crash, and healed when NoPorts began"
                    + " again; the event that was being written is lost");
          } else {
            add(new Finding(it.file(), it.line(), it.why()));
          }
        });
    torn = Optional.empty();
  }

  private void accept(KeptLine kept) {
    boolean beginning = begin.isEmpty();
    begin = begin.or(() -> Optional.of(kept));
    if (!kept.intact()) {
      find(
          "line "
              + kept.head().number()
              + " of the chain was changed: its hash is of another text");
    }
    if (!beginning || kept.head().number() == 1) {
      chained(kept);
    }
    wanted.removeIf(noted -> isThere(noted, kept.head()));
    head = kept.head();
    if (kept.is(ChainEvents.CHECKPOINT)) {
      Optional<String> flaw = signatures.flaw(kept);
      flaw.ifPresent(this::find);
      signed = flaw.isEmpty() ? head.number() : signed;
    } else {
      remark(kept);
    }
  }

  private boolean isThere(Noted noted, ChainHead found) {
    boolean meant = noted.number() == found.number();
    if (meant && !noted.hash().equals(found.hash())) {
      find("line " + found + " was replaced: it was noted as " + noted);
    }
    return meant;
  }

  private void chained(KeptLine kept) {
    long expected = head.number() + 1;
    long number = kept.head().number();
    if (number > expected) {
      find(
          "lines "
              + expected
              + " to "
              + (number - 1)
              + " of the chain are missing before this one");
    } else if (number < expected) {
      find(
          "line "
              + number
              + " of the chain stands behind line "
              + head.number()
              + ": it was moved or doubled");
    } else if (!kept.prev().equals(head.hash())) {
      find("the line before it was changed or replaced: this one carries another hash of it");
    }
  }

  private void remark(KeptLine kept) {
    String where = file + ":" + line + ": ";
    if (kept.is(ChainEvents.STARTED) && kept.detail("after").equals("crash")) {
      notes.add(
          where
              + "the process before had ended without its last checkpoint: a crash, or"
              + " lines behind the last checkpoint were taken away");
    } else if (kept.is(ChainEvents.GAP)) {
      notes.add(where + kept.detail("lost") + " events could not be kept before this line");
    } else if (kept.is(ChainEvents.REMOVED)) {
      removals.put(longOf(kept.detail("through")), kept.detail("hash"));
    } else if (kept.is(ChainEvents.ADOPTED)) {
      notes.add(
          where
              + kept.detail("file")
              + " has the events before; they are not chained, and"
              + " its SHA-256 was "
              + kept.detail("sha256"));
    }
  }

  private static long longOf(String text) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
  }

  /** Judges the ends: nothing comes any more. */
  void end(boolean partly) {
    settle(Optional.empty());
    begin.filter(first -> first.head().number() > 1).ifPresent(first -> beginsLater(first, partly));
    for (Noted noted : wanted) {
      add(new Finding(file, line, "line " + noted + " is not there, and it had been written"));
    }
    if (signatures.areExpected() && signed == 0) {
      add(
          new Finding(
              file, line, "no expected key has signed any of it: anybody may have written it"));
    }
    if (head.number() > signed) {
      notes.add(
          (head.number() - signed)
              + " lines behind the last checkpoint are chained, but not signed yet");
    }
  }

  private void beginsLater(KeptLine first, boolean partly) {
    long through = first.head().number() - 1;
    if (first.prev().equals(removals.get(through))) {
      notes.add("lines 1 to " + through + " were deleted as keepFiles and keepDays said");
    } else if (partly) {
      notes.add("lines 1 to " + through + " are not among these files");
    } else {
      add(new Finding(file, 1, "lines 1 to " + through + " of the chain are missing"));
    }
  }

  private void find(String reason) {
    add(new Finding(file, line, reason));
  }

  private void add(Finding finding) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(finding);
    }
  }

  ChainHead head() {
    return head;
  }

  long lines() {
    return lines;
  }

  long signed() {
    return signed;
  }
}
