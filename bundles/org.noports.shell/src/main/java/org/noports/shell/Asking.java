package org.noports.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.karaf.shell.api.console.Session;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.IdentityUnusable;
import org.noports.api.NoPortsException;
import org.noports.api.Secret;
import org.noports.api.identity.SecretFiles;

/**
 * Asks whoever called for a secret: from a file that they name, else typed without being shown. Not
 * from an argument or the environment, which others on the machine can see.
 */
final class Asking {
  /** Under this name the door leaves what turns the caller's echo off and on. */
  static final String ECHO = "noports.echo";

  private static final int MAX_BYTES = 4096;

  private final Session session;
  private final PrintStream prompt;
  private final Here here;

  Asking(Session session, PrintStream prompt, Here here) {
    this.session = session;
    this.prompt = prompt;
    this.here = here;
  }

  /**
   * A secret; the caller closes it.
   *
   * @param what for messages: {@code the passphrase of @alice}
   * @param file where it stands, or null to ask for it
   */
  Secret secret(String what, String file) throws NoPortsException, InterruptedException {
    return file == null
        ? typed(what)
        : here.require(SecretFiles.class, "noports-base").firstLine(what, Path.of(file));
  }

  private Secret typed(String what) throws NoPortsException, InterruptedException {
    String question = Character.toUpperCase(what.charAt(0)) + what.substring(1) + ": ";
    try {
      Optional<Consumer<Boolean>> echo = echo();
      return echo.isPresent() ? fromCaller(question, echo.get()) : fromConsole(question, what);
    } catch (java.io.InterruptedIOException e) {
      throw new InterruptedException();
    } catch (IOException e) {
      throw new IdentityUnusable("Cannot read " + what + ": " + e.getMessage(), e);
    }
  }

  @SuppressWarnings("unchecked")
  private Optional<Consumer<Boolean>> echo() {
    return session.get(ECHO) instanceof Consumer<?> found
        ? Optional.of((Consumer<Boolean>) found)
        : Optional.empty();
  }

  private Secret fromCaller(String question, Consumer<Boolean> echo)
      throws IOException, IdentityUnusable {
    prompt.print(question);
    prompt.flush();
    echo.accept(false);
    try {
      return line(session.getKeyboard());
    } finally {
      echo.accept(true);
      prompt.println();
    }
  }

  private static Secret line(InputStream in) throws IOException, IdentityUnusable {
    byte[] bytes = new byte[MAX_BYTES];
    int count = 0;
    try {
      for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        if (count == MAX_BYTES) {
          throw new IdentityUnusable("That is longer than " + MAX_BYTES + " bytes");
        }
        bytes[count++] = (byte) next;
      }
      int end = count > 0 && bytes[count - 1] == '\r' ? count - 1 : count;
      return Secret.owning(Arrays.copyOf(bytes, end));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private Secret fromConsole(String question, String what)
      throws IOException, ConfigurationInvalid {
    try {
      String line = session.readLine(question, '\0');
      return Secret.owning((line == null ? "" : line).getBytes(StandardCharsets.UTF_8));
    } catch (UnsupportedOperationException e) {
      throw new ConfigurationInvalid(
          "There is no terminal here to type "
              + what
              + " at: put it into a file that only you can read, and name that file",
          e);
    }
  }
}
