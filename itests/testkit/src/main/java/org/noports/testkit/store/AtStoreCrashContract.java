package org.noports.testkit.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.noports.testkit.Stages.value;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.StoreEntry;

/** A process that is killed while it writes loses nothing that it acknowledged. */
public abstract class AtStoreCrashContract extends StoreFixture {
  private static final int KILLS = 3;
  private static final int ACKNOWLEDGED_BEFORE_KILL = 1500;

  /** A class whose {@code main} opens the engine in the folder it is given and runs the writer. */
  protected abstract Class<?> writer();

  @Test
  public void killingTheProcessLosesNothingAcknowledgedAndHalvesNoBatch() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      close(store);
      Path data = folder.newFolder("crash" + kill).toPath();
      List<String> acknowledged = writeUntilKilled(data);
      store = open(data, clock);
      for (String line : acknowledged) {
        String[] atSignAndKey = line.split(" ");
        assertStored(AtSign.of(atSignAndKey[0]), atSignAndKey[1]);
      }
      for (int i = 0; i < CrashWriter.WRITERS; i++) {
        assertWhole(AtSign.of("@writer" + i));
      }
    }
  }

  private List<String> writeUntilKilled(Path data) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                writer().getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> acknowledged = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      String line = out.readLine();
      while (line != null) {
        acknowledged.add(line);
        if (acknowledged.size() == ACKNOWLEDGED_BEFORE_KILL) {
          process.destroyForcibly();
        }
        line = readLine(out);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(acknowledged.size() >= ACKNOWLEDGED_BEFORE_KILL, is(true));
    // The last line may have been cut off by the kill.
    return acknowledged.subList(0, acknowledged.size() - 1);
  }

  private static String readLine(BufferedReader out) {
    try {
      return out.readLine();
    } catch (IOException e) {
      // Killing closes the pipe at this end, too: what was said has been read.
      return null;
    }
  }

  private void assertStored(AtSign atSign, String key) {
    AtSignStore space = value(store.open(atSign)).orElseThrow();
    Optional<StoreEntry> entry = value(space.get(key));
    assertThat(
        atSign + " " + key,
        entry.map(it -> new String(it.value(), UTF_8)),
        is(Optional.of(CrashWriter.value(key))));
  }

  private void assertWhole(AtSign atSign) {
    AtSignStore space = value(store.open(atSign)).orElseThrow();
    int keys = value(space.scan("key", Optional.empty(), 1_000_000)).size();
    int twins = value(space.scan("twin.", Optional.empty(), 1_000_000)).size();
    assertThat(twins, is(keys));
    assertThat(value(space.lastCommit()), is(2L * keys));
    assertThat(value(space.log(0, "", 1_000_000)).entries().size(), is(2 * keys));
  }
}
