package org.noports.audit.chain;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Lines of bytes from a file that may have anything in it. */
public final class ReadLines implements AutoCloseable {
  /** No event makes a longer one; what is longer is read in parts, and none of them is a line. */
  static final int LONGEST_LINE = 1 << 20;

  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private long left;

  /** Reads {@code limit} bytes of {@code in} at most; closes it in the end. */
  public ReadLines(InputStream in, long limit) {
    this.in = new BufferedInputStream(in, BUFFER);
    this.left = limit;
  }

  /**
   * A line.
   *
   * @param bytes without its end
   * @param ended whether it has one
   */
  public record Line(byte[] bytes, boolean ended) {}

  /** The next one; empty after the last. */
  public Optional<Line> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    while (left > 0 && line.size() <= LONGEST_LINE) {
      int one = in.read();
      left--;
      if (one < 0) {
        left = 0;
      } else if (one == '\n') {
        return Optional.of(new Line(line.toByteArray(), true));
      } else {
        line.write(one);
      }
    }
    return line.size() == 0 ? Optional.empty() : Optional.of(new Line(line.toByteArray(), false));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
