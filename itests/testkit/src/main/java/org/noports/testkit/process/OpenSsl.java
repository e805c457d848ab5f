package org.noports.testkit.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.noports.testkit.Patience;

/**
 * One TLS connection of the machine's own {@code openssl s_client}: it sends what is typed and
 * shows what comes, and knows nothing of what is spoken.
 */
public final class OpenSsl implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Process process;
  private final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();

  private OpenSsl(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "openssl-output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Connects, and checks the certificate's chain and name.
   *
   * @param authority the certificate to trust
   */
  public static OpenSsl connect(String host, int port, Path authority) {
    ProcessBuilder builder =
        new ProcessBuilder(
            "openssl",
            "s_client",
            "-quiet",
            "-connect",
            host + ":" + port,
            "-servername",
            host,
            "-verify_hostname",
            host,
            "-verify_return_error",
            "-CAfile",
            authority.toString());
    try {
      return new OpenSsl(builder.redirectError(ProcessBuilder.Redirect.DISCARD).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    byte[] buffer = new byte[65_536];
    try (InputStream in = process.getInputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        pieces.add(new String(buffer, 0, count, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      pieces.add("[output ended: " + e.getMessage() + "]");
    }
  }

  /** Types a line. */
  public void say(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until all that has come since the last time is as {@code wanted} says, and returns it.
   */
  public String hear(String wanted) {
    Pattern pattern = Pattern.compile(wanted, Pattern.DOTALL);
    StringBuilder heard = new StringBuilder();
    Patience patience = new Patience(LIMIT, Duration.ofSeconds(1));
    try {
      while (!pattern.matcher(heard).matches()) {
        String piece = pieces.poll(100, TimeUnit.MILLISECONDS);
        heard.append(piece == null ? "" : piece);
        boolean over = piece == null && !process.isAlive() && pieces.isEmpty();
        if (over || !patience.lasts()) {
          throw new AssertionError("heard '" + heard + "', waited for " + wanted);
        }
      }
      return heard.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Says a line and hears what answers it. */
  public String ask(String line, String wanted) {
    say(line);
    return hear(wanted);
  }

  /** Waits until the other side has hung up. */
  public void awaitEnd() {
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the connection goes on after " + LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
