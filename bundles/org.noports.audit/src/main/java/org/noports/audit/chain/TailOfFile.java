package org.noports.audit.chain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Optional;
import org.noports.api.ProtocolViolation;

/**
 * The end of a file: the last line that is whole, and what a crash left behind it.
 *
 * @param last empty if there is none in it
 * @param torn what follows it, perhaps nothing
 */
public record TailOfFile(Optional<KeptLine> last, byte[] torn) {
  private static final int FIRST_LOOK = 1 << 16;

  /** Reads backwards, no more than is needed. */
  public static TailOfFile of(FileChannel channel) throws IOException {
    long size = channel.size();
    for (long look = FIRST_LOOK; ; look *= 4) {
      long from = Math.max(0, size - look);
      Optional<TailOfFile> found = in(read(channel, from, size), from == 0);
      if (found.isPresent()) {
        return found.get();
      }
    }
  }

  private static Optional<TailOfFile> in(byte[] bytes, boolean whole) {
    int end = bytes.length;
    while (end > 0) {
      int newline = lastNewline(bytes, end);
      int start = newline < 0 ? -1 : lastNewline(bytes, newline) + 1;
      if (newline < 0 || start == 0 && !whole) {
        break;
      }
      Optional<KeptLine> line = line(Arrays.copyOfRange(bytes, start, newline));
      if (line.isPresent()) {
        byte[] torn = Arrays.copyOfRange(bytes, newline + 1, bytes.length);
        return Optional.of(new TailOfFile(line, torn));
      }
      end = newline;
    }
    return whole ? Optional.of(new TailOfFile(Optional.empty(), bytes)) : Optional.empty();
  }

  private static Optional<KeptLine> line(byte[] bytes) {
    try {
      return Optional.of(KeptLine.of(bytes)).filter(KeptLine::intact);
    } catch (ProtocolViolation e) {
      return Optional.empty();
    }
  }

  private static int lastNewline(byte[] bytes, int before) {
    for (int i = before - 1; i >= 0; i--) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static byte[] read(FileChannel channel, long from, long to) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(to - from));
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new IOException("it became shorter while it was read");
      }
    }
    return bytes.array();
  }
}
