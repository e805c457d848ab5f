package org.noports.ssh.client.shell;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.apache.sshd.client.channel.PtyCapableChannelSession;
import org.apache.sshd.common.channel.PtyMode;
import org.noports.api.door.CallerTerminal;

/** The terminal that is asked for at the far side: like the caller's, and of its size. */
final class TerminalThere {
  private static final int BAUD = 38_400;

  private TerminalThere() {}

  static void like(CallerTerminal terminal, PtyCapableChannelSession channel) {
    channel.setUsePty(true);
    channel.setPtyType(terminal.type());
    channel.setPtyColumns(terminal.columns());
    channel.setPtyLines(terminal.rows());
    channel.setPtyHeight(0);
    channel.setPtyWidth(0);
    channel.setPtyModes(modes());
  }

  /** A person who forces a terminal without having one. */
  static void usual(PtyCapableChannelSession channel) {
    channel.setUsePty(true);
    channel.setPtyType("dumb");
    channel.setPtyModes(modes());
  }

  static void resized(CallerTerminal terminal, PtyCapableChannelSession channel) {
    try {
      channel.sendWindowChange(terminal.columns(), terminal.rows());
    } catch (IOException over) {
      // Whoever waits for the channel sees its end, and says so.
    }
  }

  /** As a terminal is that nobody has changed: Linux's own (termios(3)). */
  private static Map<PtyMode, Integer> modes() {
    Map<PtyMode, Integer> modes = new EnumMap<>(PtyMode.class);
    modes.put(PtyMode.VINTR, 3);
    modes.put(PtyMode.VQUIT, 28);
    modes.put(PtyMode.VERASE, 127);
    modes.put(PtyMode.VKILL, 21);
    modes.put(PtyMode.VEOF, 4);
    modes.put(PtyMode.VSTART, 17);
    modes.put(PtyMode.VSTOP, 19);
    modes.put(PtyMode.VSUSP, 26);
    modes.put(PtyMode.VREPRINT, 18);
    modes.put(PtyMode.VWERASE, 23);
    modes.put(PtyMode.VLNEXT, 22);
    for (PtyMode on :
        new PtyMode[] {
          PtyMode.ICRNL,
          PtyMode.IXON,
          PtyMode.IUTF8,
          PtyMode.ISIG,
          PtyMode.ICANON,
          PtyMode.ECHO,
          PtyMode.ECHOE,
          PtyMode.ECHOK,
          PtyMode.ECHOCTL,
          PtyMode.ECHOKE,
          PtyMode.IEXTEN,
          PtyMode.OPOST,
          PtyMode.ONLCR,
          PtyMode.CS8
        }) {
      modes.put(on, 1);
    }
    modes.put(PtyMode.TTY_OP_ISPEED, BAUD);
    modes.put(PtyMode.TTY_OP_OSPEED, BAUD);
    return modes;
  }
}
