package org.noports.tunnel.link;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.Test;
import org.noports.api.ProtocolViolation;

/**
 * A million changes to what an end says, none of which goes unseen: each is heard by a whole link,
 * which must end with a {@link ProtocolViolation} and may give out only what came before.
 */
public class TamperedRecordsIT {
  private static final int CHANGES = 1_000_000;
  private static final int OF_EACH_BYTE = 100;
  private static final long SEED = 20_261_121;

  private final QuickAlgorithms algorithms = new QuickAlgorithms();
  private final List<Scene> scenes = Scene.all(1, algorithms);
  private final List<Scene> elsewhere = Scene.all(7, algorithms);
  private final Tampering tampering = new Tampering(new Random(SEED));
  private int changes;

  @Test
  public void whatIsNotTamperedWithIsHeardToItsEnd() {
    for (Scene scene : scenes) {
      LinkEnd hears = scene.hear(scene.start(), Tampering.join(scene.rest()));
      assertTrue(scene + ": " + hears.why, hears.ended && hears.why.isEmpty());
      assertArrayEquals(scene.name(), scene.clear(), hears.data());
    }
  }

  @Test
  public void noneOfAMillionChangesGoesUnseen() {
    var counted = new TreeMap<String, Integer>();
    for (Scene scene : scenes) {
      int first = changes;
      byte[] start = scene.start();
      byte[] rest = Tampering.join(scene.rest());
      for (int at = 0; at < scene.piece().length; at++) {
        for (int round = 0; round < OF_EACH_BYTE; round++) {
          check(scene, start, tampering.ofByte(rest, at, round), "byte " + at);
        }
      }
      counted.put(scene.name(), changes - first);
    }
    for (int i = 0; changes < CHANGES; i++) {
      int which = i % scenes.size();
      Scene scene = scenes.get(which);
      byte[] changed = tampering.any(scene.rest(), elsewhere.get(which).piece());
      check(scene, scene.start(), changed, tampering.toString());
      counted.merge(tampering.toString(), 1, Integer::sum);
    }
    System.out.println("NP2: " + changes + " changes, 0 went through: " + counted);
    assertEquals(CHANGES, changes);
  }

  private void check(Scene scene, byte[] start, byte[] changed, String what) {
    changes++;
    LinkEnd hears = scene.hear(start, changed);
    boolean seen = hears.why.filter(why -> why instanceof ProtocolViolation).isPresent();
    byte[] data = hears.data();
    boolean prefix =
        data.length <= scene.clear().length
            && Arrays.equals(data, Arrays.copyOf(scene.clear(), data.length));
    if (!seen || !prefix || hears.endings != 1) {
      throw new AssertionError(
          scene + ", " + what + ", change " + changes + ": " + hears.why + ", " + data.length);
    }
  }
}
