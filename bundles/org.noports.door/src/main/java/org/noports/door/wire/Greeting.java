package org.noports.door.wire;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the caller says of itself before anything else.
 *
 * @param mode what its arguments are for
 * @param terminal the type of its terminal ({@code TERM}), {@code dumb} where it has none
 * @param window its terminal's size
 * @param hides whether it can hide what is typed
 * @param standing where it stands
 */
public record Greeting(
    Mode mode, String terminal, WindowSize window, boolean hides, Standing standing) {
  /** What the arguments are for. */
  public enum Mode {
    /** A command of the shell, with its arguments. */
    COMMAND,
    /** An interactive shell. */
    CONSOLE,
    /** A service that takes the bytes as they are. */
    RAW,
    /** The instance itself. */
    CONTROL
  }

  /** The first line of every greeting, of both sides. */
  public static final String VERSION = "noports-door/1";

  /** As this release's caller greets: it can hide what is typed. */
  public Greeting(Mode mode, String terminal, WindowSize window) {
    this(mode, terminal, window, true);
  }

  /** A caller that says nothing of where it stands. */
  public Greeting(Mode mode, String terminal, WindowSize window, boolean hides) {
    this(mode, terminal, window, hides, Standing.UNSAID);
  }

  /** The same caller, with where it stands. */
  public Greeting with(Standing where) {
    return new Greeting(mode, terminal, window, hides, where);
  }

  public Greeting {
    requireNonNull(mode, "mode is null");
    requireNonNull(terminal, "terminal is null");
    requireNonNull(window, "window is null");
    requireNonNull(standing, "standing is null");
  }

  /** This greeting as a frame. */
  public Frame frame() {
    String text =
        VERSION
            + "\nmode="
            + mode.name().toLowerCase(Locale.ROOT)
            + "\nterminal="
            + terminal
            + "\ncolumns="
            + window.columns()
            + "\nrows="
            + window.rows()
            + "\nhides="
            + (hides ? "yes" : "no")
            + "\n"
            + standing.lines();
    return Frame.text(FrameKind.HELLO, text);
  }

  /** Reads a caller's greeting; keys it does not know are left for later releases. */
  public static Greeting of(Frame frame) throws MalformedFrame {
    String[] lines = frame.text().split("\n", -1);
    if (!lines[0].equals(VERSION)) {
      throw new MalformedFrame("the greeting does not begin with " + VERSION);
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int equals = lines[i].indexOf('=');
      if (equals > 0) {
        values.put(lines[i].substring(0, equals), lines[i].substring(equals + 1));
      }
    }
    try {
      return new Greeting(
          Mode.valueOf(values.getOrDefault("mode", "command").toUpperCase(Locale.ROOT)),
          values.getOrDefault("terminal", "dumb"),
          new WindowSize(
              Integer.parseInt(values.getOrDefault("columns", "80")),
              Integer.parseInt(values.getOrDefault("rows", "24"))),
          values.getOrDefault("hides", "no").equals("yes"),
          Standing.of(values));
    } catch (IllegalArgumentException e) {
      throw new MalformedFrame("the greeting is not understood: " + e.getMessage());
    }
  }
}
