package org.noports.door;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.Subscription;
import org.noports.api.door.CallerTerminal;
import org.noports.api.door.RawCall;
import org.noports.door.wire.Standing;
import org.noports.door.wire.WindowSize;

/** A caller as a raw service sees it. */
final class DoorRawCall implements RawCall, CallerTerminal {
  /** Longer answers nobody types. */
  private static final int LONGEST_ANSWER = 4096;

  private final Call call;
  private final Standing standing;
  private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
  private volatile WindowSize size;

  DoorRawCall(Call call) {
    this.call = call;
    standing = call.greeting().standing();
    size = call.greeting().window();
    call.onResize(this::resized);
  }

  private void resized(WindowSize now) {
    size = now;
    listeners.forEach(Runnable::run);
  }

  @Override
  public List<String> arguments() {
    return List.copyOf(call.arguments().subList(1, call.arguments().size()));
  }

  @Override
  public InputStream in() {
    return call.stdin();
  }

  @Override
  public OutputStream out() {
    return call.stdout();
  }

  @Override
  public OutputStream err() {
    return call.stderr();
  }

  @Override
  public Optional<CallerTerminal> terminal() {
    return standing.typing() ? Optional.of(this) : Optional.empty();
  }

  @Override
  public boolean showing() {
    return standing.showing();
  }

  @Override
  public Path folder() {
    return Path.of(standing.folder()).toAbsolutePath();
  }

  @Override
  public Optional<Path> agent() {
    return standing.agent().isEmpty() ? Optional.empty() : Optional.of(Path.of(standing.agent()));
  }

  @Override
  public String type() {
    return call.greeting().terminal();
  }

  @Override
  public int columns() {
    return size.columns();
  }

  @Override
  public int rows() {
    return size.rows();
  }

  @Override
  public Subscription onResize(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public Subscription raw() {
    call.raw(true);
    return () -> call.raw(false);
  }

  @Override
  public Optional<String> ask(String question, boolean shown) throws IOException {
    PrintStream prompt = call.stderr();
    prompt.print(question);
    prompt.flush();
    if (!shown) {
      call.echo(false);
    }
    try {
      return line();
    } finally {
      if (!shown) {
        call.echo(true);
        prompt.println();
      }
    }
  }

  private Optional<String> line() throws IOException {
    ByteArrayOutputStream typed = new ByteArrayOutputStream();
    for (int next = in().read(); next != '\n'; next = in().read()) {
      if (next < 0) {
        return Optional.empty();
      }
      if (typed.size() == LONGEST_ANSWER) {
        throw new IOException("That is longer than " + LONGEST_ANSWER + " bytes");
      }
      typed.write(next);
    }
    String line = typed.toString(StandardCharsets.UTF_8);
    return Optional.of(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
  }
}
