package org.noports.ssh.command;

import java.util.Map;
import java.util.StringJoiner;
import org.apache.sshd.common.channel.PtyMode;

/** The client's terminal modes (RFC 4254 8) in the words of stty. */
final class TerminalModes {
  private static final Map<PtyMode, String> CHARACTERS =
      Map.ofEntries(
          Map.entry(PtyMode.VINTR, "intr"),
          Map.entry(PtyMode.VQUIT, "quit"),
          Map.entry(PtyMode.VERASE, "erase"),
          Map.entry(PtyMode.VKILL, "kill"),
          Map.entry(PtyMode.VEOF, "eof"),
          Map.entry(PtyMode.VSTART, "start"),
          Map.entry(PtyMode.VSTOP, "stop"),
          Map.entry(PtyMode.VSUSP, "susp"),
          Map.entry(PtyMode.VWERASE, "werase"),
          Map.entry(PtyMode.VLNEXT, "lnext"),
          Map.entry(PtyMode.VREPRINT, "rprnt"));

  private static final Map<PtyMode, String> SWITCHES =
      Map.ofEntries(
          Map.entry(PtyMode.ISIG, "isig"),
          Map.entry(PtyMode.ICANON, "icanon"),
          Map.entry(PtyMode.ECHO, "echo"),
          Map.entry(PtyMode.ECHOE, "echoe"),
          Map.entry(PtyMode.ECHOK, "echok"),
          Map.entry(PtyMode.ECHOCTL, "echoctl"),
          Map.entry(PtyMode.ECHOKE, "echoke"),
          Map.entry(PtyMode.IEXTEN, "iexten"),
          Map.entry(PtyMode.ICRNL, "icrnl"),
          Map.entry(PtyMode.INLCR, "inlcr"),
          Map.entry(PtyMode.IGNCR, "igncr"),
          Map.entry(PtyMode.IXON, "ixon"),
          Map.entry(PtyMode.IXANY, "ixany"),
          Map.entry(PtyMode.IXOFF, "ixoff"),
          Map.entry(PtyMode.OPOST, "opost"),
          Map.entry(PtyMode.ONLCR, "onlcr"));

  private static final int DISABLED = 255;

  private TerminalModes() {}

  /** Size and modes, for one call of stty. */
  static String stty(int rows, int columns, Map<PtyMode, Integer> modes) {
    StringJoiner words = new StringJoiner(" ");
    words.add("rows " + rows + " cols " + columns);
    CHARACTERS.forEach(
        (mode, name) -> {
          Integer value = modes.get(mode);
          if (value != null && value >= 0 && value <= DISABLED) {
            words.add(name + " " + (value == DISABLED ? "undef" : character(value)));
          }
        });
    SWITCHES.forEach(
        (mode, name) -> {
          Integer value = modes.get(mode);
          if (value != null) {
            words.add(value == 0 ? "-" + name : name);
          }
        });
    return words.toString();
  }

  /** As a number in the form of C, which no shell and no stty takes for anything else. */
  private static String character(int value) {
    return "0x" + Integer.toHexString(value);
  }
}
