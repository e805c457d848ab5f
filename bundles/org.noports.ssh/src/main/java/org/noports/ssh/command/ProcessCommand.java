package org.noports.ssh.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.common.channel.PtyMode;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.noports.ssh.recording.Tap;

/**
 * One process behind one SSH channel: its bytes are pumped by threads of ours, each as they come,
 * its end is told when both of its outputs have ended.
 */
public final class ProcessCommand implements Command {
  private static final int PUMP_BYTES = 32 * 1024;
  private static final int ROWS = 24;
  private static final int COLUMNS = 80;

  /** As shells have it for what cannot be run. */
  private static final int REFUSED = 126;

  /** What starts it, once the channel's environment is known. */
  public interface Source {
    /** What is to run. */
    Launch launch(Environment environment);

    /**
     * Who looks at what passes.
     *
     * @throws IOException with a full sentence, if nothing may run because nobody can
     */
    Tap tap(String term, int columns, int rows) throws IOException;
  }

  private final Source source;
  private final boolean onTerminal;
  private final Executor executor;
  private InputStream input;
  private OutputStream output;
  private OutputStream errors;
  private ExitCallback exit;
  private volatile Process process;
  private final AtomicBoolean finished = new AtomicBoolean();
  private volatile boolean failed;
  private volatile Tap tap = Tap.NONE;
  private Terminal terminal;

  /**
   * @param onTerminal whether the client asked for a terminal
   * @param executor runs what blocks
   */
  public ProcessCommand(Source source, boolean onTerminal, Executor executor) {
    this.source = source;
    this.onTerminal = onTerminal;
    this.executor = executor;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) throws IOException {
    try {
      tap =
          source.tap(
              environment.getEnv().getOrDefault(Environment.ENV_TERM, "dumb"),
              number(environment, Environment.ENV_COLUMNS, COLUMNS),
              number(environment, Environment.ENV_LINES, ROWS));
    } catch (IOException e) {
      executor.execute(() -> refuse(e.getMessage()));
      return;
    }
    run(environment);
  }

  /** Says why, as a program would; nothing has run. */
  private void refuse(String why) {
    say("Nothing runs unrecorded here: " + why);
    finish(REFUSED);
  }

  private void say(String sentence) {
    try {
      errors.write(("noports: " + sentence + "\r\n").getBytes(StandardCharsets.UTF_8));
      errors.flush();
    } catch (IOException e) {
      // The client has gone.
      return;
    }
  }

  private void run(Environment environment) throws IOException {
    Launch launch = source.launch(environment);
    try {
      process =
          onTerminal
              ? launch.onTerminal(preparation(environment)).start()
              : launch.onPipes().start();
    } catch (IOException e) {
      tap.close();
      throw e;
    }
    tap.onFailure(
        why -> {
          failed = true;
          executor.execute(() -> unrecorded(why));
        });
    terminal = new Terminal(process, executor);
    environment.addSignalListener((from, signal) -> signalled(environment, signal));
    executor.execute(this::feed);
    CompletableFuture<Void> out = pump(process.getInputStream(), output);
    CompletableFuture<Void> err = pump(process.getErrorStream(), errors);
    CompletableFuture.allOf(out, err)
        .thenCombine(process.onExit(), (done, ended) -> ended.exitValue())
        .thenAcceptAsync(
            status -> {
              tap.close();
              if (!failed) {
                finish(status);
              }
            },
            executor);
  }

  private void unrecorded(String why) {
    say("This cannot be recorded any more, so it ends: " + why);
    finish(REFUSED);
    hangUp();
  }

  private void finish(int status) {
    if (finished.compareAndSet(false, true)) {
      exit.onExit(status);
    }
  }

  private static String preparation(Environment environment) {
    Map<PtyMode, Integer> modes = environment.getPtyModes();
    return TerminalModes.stty(
        number(environment, Environment.ENV_LINES, ROWS),
        number(environment, Environment.ENV_COLUMNS, COLUMNS),
        modes);
  }

  private static int number(Environment environment, String name, int otherwise) {
    String text = environment.getEnv().getOrDefault(name, "");
    return text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : otherwise;
  }

  private void signalled(Environment environment, Signal signal) {
    if (signal == Signal.WINCH) {
      tap.resized(
          number(environment, Environment.ENV_COLUMNS, COLUMNS),
          number(environment, Environment.ENV_LINES, ROWS));
      terminal.resize(
          number(environment, Environment.ENV_LINES, ROWS),
          number(environment, Environment.ENV_COLUMNS, COLUMNS));
    } else if (onTerminal) {
      executor.execute(() -> terminal.signal(signal.name()));
    } else {
      executor.execute(() -> Signals.toGroup(signal.name(), process.pid()));
    }
  }

  /** The client's bytes to the process, until either has no more. */
  private void feed() {
    byte[] bytes = new byte[PUMP_BYTES];
    try (OutputStream to = process.getOutputStream()) {
      for (int count = input.read(bytes); count >= 0; count = input.read(bytes)) {
        tap.typed(bytes, count);
        to.write(bytes, 0, count);
        to.flush();
      }
    } catch (IOException e) {
      // One of the two has ended; the other hears it by its own end of the pipe.
      return;
    }
  }

  private CompletableFuture<Void> pump(InputStream from, OutputStream to) {
    return CompletableFuture.runAsync(
        () -> {
          byte[] bytes = new byte[PUMP_BYTES];
          try (from) {
            for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
              tap.shown(bytes, count);
              to.write(bytes, 0, count);
              to.flush();
            }
          } catch (IOException e) {
            // The channel is closed: what the process still prints is for nobody.
            return;
          }
        },
        executor);
  }

  /** The channel has gone: who still runs behind it hears what it would from a lost terminal. */
  @Override
  public void destroy(ChannelSession channel) {
    if (process == null || !process.isAlive()) {
      return;
    }
    try {
      executor.execute(this::hangUp);
    } catch (RejectedExecutionException e) {
      // This bundle is stopping, and its threads have gone.
      hangUp();
    }
  }

  private void hangUp() {
    if (!onTerminal) {
      Signals.toGroup(Signal.HUP.name(), process.pid());
    }
    process.destroy();
  }

  @Override
  public void setInputStream(InputStream in) {
    input = in;
  }

  @Override
  public void setOutputStream(OutputStream out) {
    output = out;
  }

  @Override
  public void setErrorStream(OutputStream err) {
    errors = err;
  }

  @Override
  public void setExitCallback(ExitCallback callback) {
    exit = callback;
  }
}
