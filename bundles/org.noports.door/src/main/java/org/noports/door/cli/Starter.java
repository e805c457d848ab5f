package org.noports.door.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.noports.door.cli.DoorCall.Streams;
import org.noports.door.wire.DoorPlace;

/** Starts this user's instance, detached from the terminal, and waits until its door answers. */
final class Starter {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Surroundings surroundings;
  private final PrintStream err;

  Starter(Surroundings surroundings, PrintStream err) {
    this.surroundings = surroundings;
    this.err = err;
  }

  /**
   * Starts it, unless another command is just doing so.
   *
   * @param stays it does not end by itself when nobody uses it
   */
  DoorCall start(boolean stays, Streams streams) throws IOException {
    DoorPlace place = surroundings.place();
    place.prepare();
    Path lock = place.folder().resolve(surroundings.instance() + ".starting");
    try (FileChannel file =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = file.lock()) {
      Optional<DoorCall> there = DoorCall.knock(place.socket(), streams);
      if (there.isPresent() && held.isValid()) {
        return there.get();
      }
      return launch(stays, place.socket(), streams);
    }
  }

  private DoorCall launch(boolean stays, Path socket, Streams streams) throws IOException {
    err.print("Starting NoPorts for you ...");
    err.flush();
    long begun = System.nanoTime();
    Path output = surroundings.state().resolve("data").resolve("log").resolve("console.log");
    Files.createDirectories(output.getParent());
    Process process = process(stays, output.toFile());
    while (System.nanoTime() - begun < PATIENCE_NANOS) {
      Optional<DoorCall> call = DoorCall.knock(socket, streams);
      if (call.isPresent()) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        err.println(String.format(Locale.ROOT, " (%.1f s)", seconds));
        return call.get();
      }
      if (!process.isAlive()) {
        break;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    err.println();
    throw new IOException(
        (process.isAlive() ? "The instance does not answer" : "The instance ended at once")
            + "; see "
            + output
            + " and "
            + output.resolveSibling("noports.log")
            + ".");
  }

  private Process process(boolean stays, File output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of("setsid", surroundings.home().resolve("bin/karaf").toString(), "server"));
    builder.environment().put("NOPORTS_INSTANCE", surroundings.instance());
    builder.environment().put("NOPORTS_AUTO", Boolean.toString(!stays));
    return builder
        .directory(surroundings.home().toFile())
        .redirectInput(new File("/dev/null"))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
        .redirectError(ProcessBuilder.Redirect.appendTo(output))
        .start();
  }
}
