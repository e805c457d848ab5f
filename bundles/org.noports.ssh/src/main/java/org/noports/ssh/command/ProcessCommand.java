package org.noports.ssh.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.sshd.common.channel.PtyMode;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/**
 * One process behind one SSH channel: its bytes are pumped by threads of ours, each as they come,
 * its end is told when both of its outputs have ended.
 */
public final class ProcessCommand implements Command {
  private static final int PUMP_BYTES = 32 * 1024;
  private static final int ROWS = 24;
  private static final int COLUMNS = 80;

  /** What starts it, once the channel's environment is known. */
  @FunctionalInterface
  public interface Source {
    /** What is to run. */
    Launch launch(Environment environment);
  }

  private final Source source;
  private final boolean onTerminal;
  private final Executor executor;
  private InputStream input;
  private OutputStream output;
  private OutputStream errors;
  private ExitCallback exit;
  private Process process;
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
    Launch launch = source.launch(environment);
    process =
        onTerminal ? launch.onTerminal(preparation(environment)).start() : launch.onPipes().start();
    terminal = new Terminal(process, executor);
    environment.addSignalListener((from, signal) -> signalled(environment, signal));
    executor.execute(this::feed);
    CompletableFuture<Void> out = pump(process.getInputStream(), output);
    CompletableFuture<Void> err = pump(process.getErrorStream(), errors);
    CompletableFuture.allOf(out, err)
        .thenCombine(process.onExit(), (done, ended) -> ended.exitValue())
        .thenAcceptAsync(exit::onExit, executor);
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
