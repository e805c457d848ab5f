package org.noports.api.audit;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * What a verification found.
 *
 * @param files how many were read
 * @param lines how many there are in them
 * @param last the number of the chain's last line, 0 if there is none
 * @param lastHash that line's hash: noted elsewhere, it proves later that nothing up to there has
 *     changed
 * @param signed the number of the last line that a checkpoint signs, 0 if none does
 * @param keys fingerprints of the keys that signed
 * @param findings what is wrong, in order; with none the chain is whole
 * @param notes what whoever verifies should know, and is not wrong
 */
public record AuditReport(
    int files,
    long lines,
    long last,
    String lastHash,
    long signed,
    List<String> keys,
    List<Finding> findings,
    List<String> notes) {
  public AuditReport {
    requireNonNull(lastHash, "lastHash is null");
    keys = List.copyOf(keys);
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /**
   * Something that is wrong.
   *
   * @param file where
   * @param line which line of the file, from 1
   * @param reason one sentence
   */
  public record Finding(Path file, long line, String reason) {
    public Finding {
      requireNonNull(file, "file is null");
      requireNonNull(reason, "reason is null");
    }

    /** {@code FILE:LINE: reason}, as compilers write it. */
    @Override
    public String toString() {
      return file + ":" + line + ": " + reason;
    }
  }
}
