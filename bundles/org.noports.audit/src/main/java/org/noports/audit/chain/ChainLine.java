package org.noports.audit.chain;

import static java.util.Objects.requireNonNull;

/**
 * A line that was written.
 *
 * @param head where the chain goes on after it
 * @param text the line, without its end
 */
public record ChainLine(ChainHead head, String text) {
  /** Of the lines; said by a file's first line. */
  public static final int FORMAT = 2;

  static final String FORMAT_FIELD = "noportsAudit";
  static final String HASH_MARK = ",\"hash\":\"";
  static final String SIGNATURE_MARK = ",\"signature\":\"";
  static final String END = "\"}";

  public ChainLine {
    requireNonNull(head, "head is null");
    requireNonNull(text, "text is null");
  }
}
