package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.noports.testkit.Stages.value;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.StoreChange;

/**
 * A power cut keeps what was flushed and any part of what was written since, in any order. So: take
 * the file after one acknowledged commit and after the next, and put together what a cut between
 * them may leave, block by block. Killing a process cannot show this: the system still has its
 * pages.
 */
public class EmbeddedPowerCutTest {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final int BLOCK = 512;
  private static final int HEADER = 8192;
  private static final int COMMITS = 300;
  private static final int KEYS = 40;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final Random random = new Random(20);
  private int overwrites;

  @Test
  public void whatWasAcknowledgedSurvivesACutInTheMiddleOfTheNextCommit() throws Exception {
    Path file = folder.getRoot().toPath().resolve("store.mv.db");
    EmbeddedAtStore store = new EmbeddedAtStore(EmbeddedStores.settings(file), Clock.systemUTC());
    AtSignStore alice = value(store.create(ALICE));
    Map<String, Integer> acknowledged = new HashMap<>();
    byte[] before = image(file);
    for (int i = 0; i < COMMITS; i++) {
      String key = "key" + random.nextInt(KEYS);
      put(alice, key, i);
      byte[] after = image(file);
      if (i % 5 == 0) {
        cut(before, after, acknowledged, key, i);
      }
      acknowledged.put(key, i);
      before = after;
    }
    store.close();
    // Otherwise no space was used again, and the test has seen the easy half only.
    assertThat(overwrites, is(greaterThan(0)));
  }

  private void put(AtSignStore space, String key, int number) {
    String text = number + " ".repeat(random.nextInt(9000));
    StoreChange change =
        new StoreChange.Put(
            key,
            text.getBytes(UTF_8),
            new byte[0],
            Optional.empty(),
            Optional.empty(),
            true,
            StoreChange.Precondition.ANY);
    value(space.apply("request" + number, List.of(change)));
  }

  /** The file at rest: read twice alike, since tidying up may go on behind a commit. */
  private static byte[] image(Path file) throws IOException {
    byte[] first = Files.readAllBytes(file);
    byte[] second = Files.readAllBytes(file);
    while (!Arrays.equals(first, second)) {
      first = second;
      second = Files.readAllBytes(file);
    }
    return second;
  }

  private void cut(
      byte[] before, byte[] after, Map<String, Integer> acknowledged, String key, int number)
      throws IOException {
    for (int share = 0; share <= 100; share += 25) {
      Path cut = folder.getRoot().toPath().resolve("cut.mv.db");
      Files.write(cut, mixture(before, after, share));
      EmbeddedAtStore again = new EmbeddedAtStore(EmbeddedStores.settings(cut), Clock.systemUTC());
      AtSignStore alice = value(again.open(ALICE)).orElseThrow();
      for (Map.Entry<String, Integer> entry : acknowledged.entrySet()) {
        int found = read(alice, entry.getKey());
        boolean newer = entry.getKey().equals(key) && found == number;
        assertThat(
            "commit " + number + ", " + share + " % of it, " + entry.getKey() + ": " + found,
            newer || found == entry.getValue(),
            is(true));
      }
      again.close();
      Files.delete(cut);
    }
  }

  private static int read(AtSignStore space, String key) {
    return value(space.get(key))
        .map(entry -> Integer.parseInt(new String(entry.value(), UTF_8).trim()))
        .orElse(-1);
  }

  private byte[] mixture(byte[] before, byte[] after, int share) {
    byte[] mixed = Arrays.copyOf(before, Math.max(before.length, after.length));
    for (int at = 0; at < after.length; at += BLOCK) {
      int end = Math.min(at + BLOCK, after.length);
      boolean changed = !Arrays.equals(mixed, at, end, after, at, end);
      if (changed && at < before.length) {
        overwrites++;
      }
      // The header is written when the rest has been flushed: it changes last.
      int odds = at >= HEADER ? share : share == 100 ? 50 : 0;
      if (changed && random.nextInt(100) < odds) {
        System.arraycopy(after, at, mixed, at, end - at);
      }
    }
    return mixed;
  }
}
