package org.noports.door;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.karaf.shell.api.console.SignalListener;
import org.apache.karaf.shell.api.console.Terminal;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.noports.door.wire.Greeting;
import org.noports.door.wire.WindowSize;

/**
 * The caller's terminal as Karaf and JLine see it. The caller's own is raw: echo, editing and
 * Ctrl-C are this line discipline's.
 */
final class DoorTerminal extends LineDisciplineTerminal implements Terminal {
  private final Map<org.apache.karaf.shell.api.console.Signal, Set<SignalListener>> listeners =
      new EnumMap<>(org.apache.karaf.shell.api.console.Signal.class);

  DoorTerminal(Greeting greeting, OutputStream out) throws IOException {
    super("noports-door", greeting.terminal(), flushing(out), StandardCharsets.UTF_8);
    setSize(size(greeting.window()));
    for (var signal : org.apache.karaf.shell.api.console.Signal.values()) {
      listeners.put(signal, ConcurrentHashMap.newKeySet());
    }
  }

  /** The line discipline does not flush an echo; a person waits for it. */
  private static OutputStream flushing(OutputStream out) {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        out.write(one);
        out.flush();
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        out.flush();
      }
    };
  }

  void resized(WindowSize window) {
    setSize(size(window));
    raise(Signal.WINCH);
  }

  private static Size size(WindowSize window) {
    return new Size(window.columns(), window.rows());
  }

  @Override
  public void raise(Signal signal) {
    super.raise(signal);
    if (signal == Signal.INT || signal == Signal.WINCH) {
      var named = org.apache.karaf.shell.api.console.Signal.valueOf(signal.name());
      listeners.get(named).forEach(listener -> listener.signal(named));
    }
  }

  @Override
  public int getWidth() {
    return getSize().getColumns();
  }

  @Override
  public int getHeight() {
    return getSize().getRows();
  }

  @Override
  public boolean isAnsiSupported() {
    return !getType().equals("dumb");
  }

  @Override
  public boolean isEchoEnabled() {
    return echo();
  }

  @Override
  public void setEchoEnabled(boolean enabled) {
    echo(enabled);
  }

  @Override
  public void addSignalListener(
      SignalListener listener, org.apache.karaf.shell.api.console.Signal... signals) {
    for (var signal : signals) {
      listeners.get(signal).add(listener);
    }
  }

  @Override
  public void addSignalListener(
      SignalListener listener, EnumSet<org.apache.karaf.shell.api.console.Signal> signals) {
    signals.forEach(signal -> listeners.get(signal).add(listener));
  }

  @Override
  public void addSignalListener(SignalListener listener) {
    listeners.values().forEach(set -> set.add(listener));
  }

  @Override
  public void removeSignalListener(SignalListener listener) {
    listeners.values().forEach(set -> set.remove(listener));
  }
}
