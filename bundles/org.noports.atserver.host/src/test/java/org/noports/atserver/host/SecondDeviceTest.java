package org.noports.atserver.host;

import static org.junit.Assert.assertEquals;
import static org.noports.atserver.host.TestHost.ALICE;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.Rule;
import org.junit.Test;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;

/** A second device that syncs now and then has, in the end, what the first one has stored. */
public class SecondDeviceTest {
  private static final int CHANGES = 100;
  private static final int KEYS = 12;

  @Rule public final TestHost host = new TestHost();

  private final Map<String, String> copy = new TreeMap<>();
  private long synced = 3;

  @Test
  public void whateverIsChangedASyncBringsTheSame() throws Exception {
    for (long seed = 1; seed <= 3; seed++) {
      Line first = host.owner(ALICE);
      Line second = host.owner(ALICE);
      Random random = new Random(seed);
      Map<String, String> stored = new TreeMap<>(copy);
      for (int i = 0; i < CHANGES; i++) {
        change(first, stored, "k" + random.nextInt(KEYS) + ".ns@alice", random);
        if (random.nextInt(20) == 0) {
          page(second, 1 + random.nextInt(30));
        }
      }
      while (page(second, 1 + random.nextInt(30))) {}
      assertEquals("seed " + seed, stored, copy);
      assertEquals("seed " + seed, lastCommit(first), Optional.of(Long.toString(synced)));
    }
  }

  private static void change(Line line, Map<String, String> stored, String key, Random random) {
    switch (random.nextInt(4)) {
      case 0 -> {
        line.data("delete:" + key);
        stored.remove(key);
      }
      case 1 -> {
        if (stored.containsKey(key)) {
          line.data("update:meta:" + key + ":encAlgo:a" + random.nextInt(9));
        }
      }
      default -> {
        String value = "v" + random.nextInt(1_000);
        line.data("update:" + key + " " + value);
        stored.put(key, value);
      }
    }
  }

  /** Takes one page in; whether there was anything. */
  private boolean page(Line line, int limit) throws Exception {
    String text = line.data("sync:from:" + synced + ":limit:" + limit);
    for (JsonValue item : JsonArray.parse("page", text).items()) {
      JsonObject entry = (JsonObject) item;
      long commit = entry.requireWhole("commitId");
      assertEquals("commits ascend", true, commit > synced);
      synced = commit;
      if (entry.requireText("operation").equals("-")) {
        copy.remove(entry.requireText("atKey"));
      } else {
        copy.put(entry.requireText("atKey"), entry.requireText("value"));
      }
    }
    return !text.equals("[]");
  }

  private static Optional<String> lastCommit(Line line) throws Exception {
    JsonArray stats = JsonArray.parse("stats", line.data("stats:3").strip());
    return ((JsonObject) stats.items().get(0)).text("value");
  }
}
