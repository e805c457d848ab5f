package org.noports.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.Optional;
import org.apache.karaf.shell.api.console.Session;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Attributes.OutputFlag;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingInputStream;
import org.noports.api.Subscription;
import org.noports.api.door.CallerTerminal;

/** The terminal of this instance's own shell. */
final class ConsoleTerminal implements CallerTerminal {
  /** So long a command that is over may keep its eyes on the keys. */
  private static final long LOOK_MILLIS = 50;

  private final Session session;
  private final Terminal terminal;
  private final InputStream keys;

  ConsoleTerminal(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
    keys = new Keys(terminal.input());
  }

  InputStream input() {
    return keys;
  }

  OutputStream output() {
    return terminal.output();
  }

  @Override
  public String type() {
    return terminal.getType();
  }

  @Override
  public int columns() {
    return terminal.getWidth();
  }

  @Override
  public int rows() {
    return terminal.getHeight();
  }

  @Override
  public Subscription onResize(Runnable listener) {
    Terminal.SignalHandler before =
        terminal.handle(Terminal.Signal.WINCH, signal -> listener.run());
    return () -> terminal.handle(Terminal.Signal.WINCH, before);
  }

  @Override
  public Subscription raw() {
    Attributes before = terminal.enterRawMode();
    Attributes raw = terminal.getAttributes();
    raw.setLocalFlags(EnumSet.of(LocalFlag.ISIG, LocalFlag.ECHO), false);
    raw.setInputFlags(EnumSet.of(InputFlag.IXON, InputFlag.ICRNL), false);
    raw.setOutputFlag(OutputFlag.OPOST, false);
    terminal.setAttributes(raw);
    return () -> {
      terminal.flush();
      terminal.setAttributes(before);
    };
  }

  @Override
  public Optional<String> ask(String question, boolean shown) throws IOException {
    try {
      return Optional.ofNullable(session.readLine(question, shown ? null : '\0'));
    } catch (UserInterruptException | EndOfFileException none) {
      return Optional.empty();
    }
  }

  /** What is typed; a read ends when its thread is interrupted, and takes no key then. */
  private static final class Keys extends InputStream {
    private final InputStream typed;

    private Keys(InputStream typed) {
      this.typed = typed;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (!(typed instanceof NonBlockingInputStream keys)) {
        return typed.read(bytes, offset, length);
      }
      int key = NonBlockingInputStream.READ_EXPIRED;
      while (key == NonBlockingInputStream.READ_EXPIRED) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("interrupted while waiting for a key");
        }
        key = keys.read(LOOK_MILLIS);
      }
      if (key < 0) {
        return -1;
      }
      bytes[offset] = (byte) key;
      int count = 1;
      // Not peek(): a terminal that is fed by a pump gives the key away there.
      while (count < length && keys.available() > 0) {
        bytes[offset + count++] = (byte) keys.read();
      }
      return count;
    }
  }
}
