package org.noports.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The machine's tinyproxy (HTTP CONNECT) or microsocks (SOCKS 5), which let in one user.
 *
 * @param url as our setting wants it
 */
public record RealProxy(String url, Running process) implements AutoCloseable {
  public static final String USER = "ali";
  public static final String PASSWORD = "open-sesame";

  /** The port of each. */
  public static final int PORT = 3128;

  /** Starts tinyproxy with its files in {@code folder}. */
  public static RealProxy http(Path folder, List<String> place, String address) {
    Path settings = folder.resolve("tinyproxy.conf");
    try {
      Files.writeString(
          settings,
          String.join(
              "\n",
              "Port " + PORT,
              "Listen " + address,
              "Timeout 600",
              "LogLevel Connect",
              "BasicAuth " + USER + " " + PASSWORD,
              ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return start("http", place, address, List.of("tinyproxy", "-d", "-c", settings.toString()));
  }

  /** Starts microsocks. */
  public static RealProxy socks(List<String> place, String address) {
    return start(
        "socks5",
        place,
        address,
        List.of(
            "microsocks", "-i", address, "-p", Integer.toString(PORT), "-u", USER, "-P", PASSWORD));
  }

  private static RealProxy start(
      String scheme, List<String> place, String address, List<String> command) {
    List<String> there = new ArrayList<>(place);
    there.addAll(command);
    Running running = Running.start(new ProcessBuilder(there));
    return new RealProxy(scheme + "://" + address + ":" + PORT, running);
  }

  /** Waits until the proxy says that it did something for us. */
  public void awaitLine(String part) {
    process.awaitLine(line -> line.contains(part), Duration.ofSeconds(30));
  }

  /** Ends it and waits until its port is free. */
  @Override
  public void close() {
    process.close();
    process.await(Duration.ofSeconds(30));
  }
}
