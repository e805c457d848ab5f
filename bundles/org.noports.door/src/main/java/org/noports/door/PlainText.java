package org.noports.door;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Leaves out the escape sequences for colour that Karaf writes whether or not anybody sees them.
 */
final class PlainText extends FilterOutputStream {
  private static final int ESCAPE = 0x1b;
  private static final int FIRST_FINAL = 0x40;
  private static final int LAST_FINAL = 0x7e;

  /** Where in a sequence we are. */
  private enum Place {
    TEXT,
    ESCAPED,
    PARAMETERS
  }

  private Place place = Place.TEXT;

  private PlainText(OutputStream out) {
    super(out);
  }

  /** The stream as it is for a terminal, without escapes for anything else. */
  static PrintStream forTerminal(String type, PrintStream out) {
    return type.equals("dumb")
        ? new PrintStream(new PlainText(out), true, StandardCharsets.UTF_8)
        : out;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    for (int at = offset; at < offset + length; at++) {
      if (place == Place.TEXT && bytes[at] != ESCAPE) {
        continue;
      }
      if (place == Place.TEXT) {
        out.write(bytes, from, at - from);
      }
      step(bytes[at]);
      from = at + 1;
    }
    out.write(bytes, from, offset + length - from);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  private void step(byte value) throws IOException {
    switch (place) {
      case TEXT -> place = Place.ESCAPED;
      case ESCAPED -> {
        place = value == '[' ? Place.PARAMETERS : Place.TEXT;
        if (place == Place.TEXT) {
          out.write(new byte[] {ESCAPE, value});
        }
      }
      case PARAMETERS ->
          place = value >= FIRST_FINAL && value <= LAST_FINAL ? Place.TEXT : Place.PARAMETERS;
    }
  }
}
