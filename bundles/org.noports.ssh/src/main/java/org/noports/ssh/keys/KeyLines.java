package org.noports.ssh.keys;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Edits of the bytes of a key file that touch one line and leave every other as it is. */
final class KeyLines {
  private KeyLines() {}

  /** With one line more at the end. */
  static KeyFile.Edit adding(String line) {
    return before -> joined(before, bytes(line + "\n"));
  }

  /** With one line more, unless that key stands there already. */
  static KeyFile.Edit addingUnless(String present, String line) {
    return before ->
        new String(before, StandardCharsets.UTF_8).contains(present)
            ? before
            : joined(before, bytes(line + "\n"));
  }

  /** Without the first line that is exactly this one. */
  static KeyFile.Edit removing(String line) {
    byte[] gone = bytes(line);
    return before -> {
      for (int start = 0; start < before.length; ) {
        int end = endOfLine(before, start);
        if (Arrays.equals(before, start, end, gone, 0, gone.length)) {
          byte[] after = new byte[before.length - (Math.min(end + 1, before.length) - start)];
          System.arraycopy(before, 0, after, 0, start);
          System.arraycopy(
              before, before.length - (after.length - start), after, start, after.length - start);
          return after;
        }
        start = end + 1;
      }
      return before;
    };
  }

  /** A last line without an end is given one, or two keys would become none. */
  static byte[] joined(byte[] before, byte[] more) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(before.length + more.length + 1);
    all.writeBytes(before);
    if (before.length > 0 && before[before.length - 1] != '\n' && more[0] != '\n') {
      all.write('\n');
    }
    all.writeBytes(more);
    return all.toByteArray();
  }

  private static int endOfLine(byte[] bytes, int start) {
    int end = start;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
