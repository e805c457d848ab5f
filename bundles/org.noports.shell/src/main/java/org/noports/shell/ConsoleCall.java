package org.noports.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.console.Session;
import org.jline.terminal.Terminal;
import org.noports.api.door.CallerTerminal;
import org.noports.api.door.RawCall;

/** Somebody at this instance's own shell, wherever its terminal is. */
final class ConsoleCall implements RawCall, AutoCloseable {
  /** Under this name Karaf's shell keeps its terminal. */
  private static final String TERMINAL = ".jline.terminal";

  private final Session session;
  private final List<String> words;
  private final Optional<ConsoleTerminal> terminal;
  private final OutputStream out;
  private final CommandErrors errors = new CommandErrors();

  ConsoleCall(Session session, List<String> words) {
    this.session = session;
    this.words = List.copyOf(words);
    terminal =
        session.get(TERMINAL) instanceof Terminal found && !found.getType().startsWith("dumb")
            ? Optional.of(new ConsoleTerminal(session, found))
            : Optional.empty();
    out = terminal.map(ConsoleTerminal::output).orElseGet(session::getConsole);
  }

  @Override
  public List<String> arguments() {
    return words;
  }

  @Override
  public InputStream in() {
    return terminal.map(ConsoleTerminal::input).orElseGet(session::getKeyboard);
  }

  @Override
  public OutputStream out() {
    return out;
  }

  @Override
  public OutputStream err() {
    return terminal.isPresent() ? out : errors;
  }

  @Override
  public Optional<CallerTerminal> terminal() {
    return terminal.map(found -> found);
  }

  @Override
  public boolean showing() {
    return terminal.isPresent();
  }

  @Override
  public Path folder() {
    return session.currentDir().toAbsolutePath();
  }

  /** That of whoever started the instance. */
  @Override
  public Optional<Path> agent() {
    return Optional.ofNullable(System.getenv("SSH_AUTH_SOCK"))
        .filter(path -> !path.isBlank())
        .map(Path::of);
  }

  @Override
  public void close() throws IOException {
    out.flush();
    errors.flush();
  }
}
