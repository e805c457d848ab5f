package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.ClassRule;
import org.junit.Test;
import org.noports.stories.ThreeMachines.Tunnel;
import org.noports.testkit.Patience;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Machine;

/** Every configuration file is edited, well and badly, under an open copy through ssh. */
public class ConfigurationEditIT {
  @ClassRule public static final ThreeMachines MACHINES = new ThreeMachines();

  /** Limits and times: changing one moves no address. */
  private static final Pattern HARMLESS =
      Pattern.compile("(?m)^# ([a-zA-Z]*(?:Seconds|Millis|Days|[mM]ax[A-Z][a-zA-Z]*)) = ([0-9]+)$");

  private static final int CHUNK = 1 << 20;

  @Test
  public void noByteIsLostWhileEachFileIsEdited() throws Exception {
    Path received = MACHINES.file("copied");
    byte[] chunk = new byte[CHUNK];
    new Random(11).nextBytes(chunk);
    try (Tunnel tunnel = MACHINES.connect("localhost:" + MACHINES.sshd().port())) {
      Process copy = copyTo(received, tunnel.port());
      OutputStream out = copy.getOutputStream();
      out.write(chunk);
      Map<Path, String> before = editAll("unknwonKey = 1\n", Integer.toString(4711));
      awaitFindings("unknwonKey");
      out.write(chunk);
      before.forEach(ConfigurationEditIT::write);
      editAll("", "soon");
      awaitFindings("soon");
      out.write(chunk);
      before.forEach(ConfigurationEditIT::write);
      awaitNoFindings();
      out.write(chunk);
      out.close();
      assertThat(copy.waitFor(60, TimeUnit.SECONDS), equalTo(true));
      assertThat(copy.exitValue(), equalTo(0));
    }
    byte[] all = Files.readAllBytes(received);
    assertThat(all.length, equalTo(4 * CHUNK));
    for (int i = 0; i < all.length; i++) {
      if (all[i] != chunk[i % CHUNK]) {
        throw new AssertionError("byte " + i + " is not what was sent");
      }
    }
  }

  private static Process copyTo(Path received, int port) throws IOException {
    List<String> command = new ArrayList<>(List.of("ssh", "-p", Integer.toString(port)));
    command.addAll(MACHINES.sshd().options());
    command.addAll(List.of("127.0.0.1", "cat > " + received));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Adds {@code line} and sets the first harmless key of every file; returns what stood before. */
  private static Map<Path, String> editAll(String line, String value) throws IOException {
    Map<Path, String> before = new LinkedHashMap<>();
    for (Machine machine : machines()) {
      try (Stream<Path> files = Files.list(machine.home().resolve("etc"))) {
        for (Path file :
            files
                .filter(f -> f.getFileName().toString().matches("org\\.noports\\..*\\.cfg"))
                .toList()) {
          String text = Files.readString(file);
          before.put(file, text);
          write(
              file,
              text
                  + "\n"
                  + line
                  + harmless(file).map(key -> key + " = " + value + "\n").orElse(""));
        }
      }
    }
    return before;
  }

  private static Optional<String> harmless(Path file) throws IOException {
    String pid = file.getFileName().toString().replaceAll("(-[^.]*)?\\.cfg$", "");
    Path described = Path.of("../../config").resolve(pid + ".cfg");
    Path factory = Path.of("../../config").resolve(pid + "-NAME.cfg");
    Path defaults = Files.exists(described) ? described : factory;
    Matcher key = HARMLESS.matcher(Files.exists(defaults) ? Files.readString(defaults) : "");
    return key.find() ? Optional.of(key.group(1)) : Optional.empty();
  }

  private static List<Machine> machines() {
    return List.of(
        MACHINES.world().infrastructure(), MACHINES.world().device(), MACHINES.world().client());
  }

  private static void awaitFindings(String text) {
    for (Machine machine : machines()) {
      assertThat(awaitHealth(machine, text), containsString(text));
    }
  }

  private static void awaitNoFindings() {
    for (Machine machine : machines()) {
      String health = awaitHealth(machine, "Every key and value is known");
      assertThat(health, containsString("Every key and value is known"));
      assertThat(health, not(containsString("soon")));
    }
  }

  private static String awaitHealth(Machine machine, String text) {
    Patience patience = new Patience(ThreeMachines.SOON, Duration.ofSeconds(5));
    Finished health = machine.run("health", "--json");
    while (!health.out().contains(text) && patience.lasts()) {
      health = machine.run("health", "--json");
    }
    return health.out();
  }

  private static void write(Path file, String text) {
    try {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
