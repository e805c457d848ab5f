package org.noports.ssh.client.copy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** One line for the file under way, drawn over while it grows; silent where nobody sees it. */
final class Progress {
  /** Often enough to see it move, seldom enough to cost nothing. */
  private static final long DRAW_NANOS = 200_000_000;

  private static final double NANOS = 1e9;
  private static final int FIGURES = 36;
  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};

  private final PrintStream out;
  private final boolean shown;
  private final IntSupplier columns;
  private final LongSupplier clock;
  private String name = "";
  private long size;
  private long done;
  private long begun;
  private long drawn;

  /**
   * Draws on a stream.
   *
   * @param shown whether somebody sees it
   * @param columns how wide the terminal is now
   * @param clock in nanoseconds
   */
  Progress(OutputStream out, boolean shown, IntSupplier columns, LongSupplier clock) {
    this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
    this.shown = shown;
    this.columns = columns;
    this.clock = clock;
  }

  void begin(String file, long bytes) {
    name = file.replaceAll("\\p{Cntrl}", "?");
    size = bytes;
    done = 0;
    begun = clock.getAsLong();
    drawn = begun;
    draw();
  }

  void moved(int bytes) {
    done += bytes;
    if (shown && clock.getAsLong() - drawn > DRAW_NANOS) {
      draw();
    }
  }

  /** The file is whole, or nothing more comes of it: the line stays as it is. */
  void end() {
    draw();
    if (shown) {
      out.print("\n");
      out.flush();
    }
  }

  private void draw() {
    if (!shown) {
      return;
    }
    drawn = clock.getAsLong();
    double seconds = Math.max(1e-3, (drawn - begun) / NANOS);
    long percent = size == 0 ? 100 : Math.min(100, done * 100 / size);
    long left = done == 0 ? 0 : (long) Math.ceil(seconds * Math.max(0, size - done) / done);
    String figures =
        String.format(
            Locale.ROOT,
            "%3d%% %9s %9s/s %02d:%02d",
            percent,
            amount(done),
            amount((long) (done / seconds)),
            done < size ? left / 60 : (long) seconds / 60,
            done < size ? left % 60 : (long) seconds % 60);
    int room = Math.max(8, columns.getAsInt() - FIGURES - 1);
    String fitting = name.length() <= room ? name : "…" + name.substring(name.length() - room + 1);
    out.print("\r" + fitting + " ".repeat(room - fitting.length()) + " " + figures);
    out.flush();
  }

  private static String amount(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1000 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }
}
