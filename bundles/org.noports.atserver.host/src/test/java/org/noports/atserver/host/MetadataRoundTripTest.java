package org.noports.atserver.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.Rule;
import org.junit.Test;

/** What was said of a value is told of it, whatever it was and in whatever order. */
public class MetadataRoundTripTest {
  private static final String[] WORDS = {
    "dataSignature",
    "sharedKeyStatus",
    "sharedKeyEnc",
    "pubKeyCS",
    "encoding",
    "encKeyName",
    "encAlgo",
    "ivNonce",
    "skeEncKeyName",
    "skeEncAlgo",
    "appMetadata"
  };

  @Rule public final TestHost host = new TestHost();

  @Test
  public void everyMetadataComesBackFromTheStore() {
    Line alice = host.owner(TestHost.ALICE);
    for (long seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      List<String> words = new ArrayList<>(List.of(WORDS));
      Collections.shuffle(words, random);
      List<String> said = words.subList(0, random.nextInt(words.size()));
      StringBuilder line = new StringBuilder("update");
      for (String word : said) {
        line.append(':').append(word).append(':').append(value(word, seed));
      }
      String key = (random.nextBoolean() ? "public:" : "@bob:") + "k" + seed + ".ns@alice";
      alice.data(line + ":" + key + " value " + seed);
      assertEquals("seed " + seed, "value " + seed, alice.data("llookup:" + key));
      String all = alice.data("llookup:all:" + key);
      for (String word : said) {
        String field = "\"" + word + "\":\"" + value(word, seed) + "\"";
        assertThat("seed " + seed, all, containsString(field));
      }
    }
  }

  private static String value(String word, long seed) {
    return word.substring(0, 3) + seed + "+/==";
  }
}
