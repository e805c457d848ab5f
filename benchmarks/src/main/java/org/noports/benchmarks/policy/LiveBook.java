package org.noports.benchmarks.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.noports.testkit.process.Machine;

/** A device's book of 1,000 rules, one of which is about its client; changed as an editor does. */
final class LiveBook {
  /** The rule that a refused client is told. */
  static final String FORBIDS = "withdrawn";

  private static final String PERMITS =
      "  - {name: alice, effect: permit, who: [\"@alice\"], devices: [\"*\"], places: [\"localhost:*\"]}\n";
  private static final int RULES = 1_000;

  private final Path file;
  private final String book = new Company(RULES - 1).book() + PERMITS;

  private LiveBook(Path file) {
    this.file = file;
  }

  /** In force as soon as {@code device} runs, instead of its managers. */
  static LiveBook of(Machine device) throws IOException {
    Path etc = device.home().resolve("etc");
    Files.writeString(etc.resolve("org.noports.policy.rules.cfg"), "book = etc/policy.yaml\n");
    LiveBook live = new LiveBook(etc.resolve("policy.yaml"));
    live.permit();
    return live;
  }

  /** Withdraws a port of the device from everybody; when it was done, in nanoseconds. */
  long forbid(int port) throws IOException {
    return write(
        book
            + "  - {name: %s, effect: forbid, who: [\"*\"], devices: [\"*\"], places: [\"localhost:%d\"]}\n"
                .formatted(FORBIDS, port));
  }

  /** As it was in the beginning. */
  long permit() throws IOException {
    return write(book);
  }

  private long write(String text) throws IOException {
    Path fresh = file.resolveSibling("policy.yaml.new");
    Files.writeString(fresh, text);
    long begun = System.nanoTime();
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return begun;
  }
}
