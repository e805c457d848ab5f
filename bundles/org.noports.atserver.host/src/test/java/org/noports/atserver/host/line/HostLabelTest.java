package org.noports.atserver.host.line;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.Test;
import org.noports.api.AtSign;

/** Labels are safe in DNS, differ, and never change: directories and certificates hold them. */
public class HostLabelTest {
  private static final Map<String, String> FOR_EVER = new TreeMap<>();

  static {
    FOR_EVER.put("@alice", "alice");
    FOR_EVER.put("@12alpaca", "12alpaca");
    FOR_EVER.put("@al-ice", "al-ice");
    FOR_EVER.put("@al--ice", "u-al-2d-2dice");
    FOR_EVER.put("@-alice", "u--2dalice");
    FOR_EVER.put("@alice-", "u-alice-2d");
    FOR_EVER.put("@xn--alice", "u-xn-2d-2dalice");
    FOR_EVER.put("@alice_1", "u-alice-5f1");
    FOR_EVER.put("@u-alice", "u-u-2dalice");
    FOR_EVER.put("@h-alice", "u-h-2dalice");
    FOR_EVER.put("@alice\uD83D\uDEE0", "u-alice-f0-9f-9b-a0");
    FOR_EVER.put("@\u00e9t\u00e9", "u--c3-a9t-c3-a9");
    FOR_EVER.put(
        "@" + "\uD83D\uDEE0".repeat(6), "h-621m4gyhox6rmcgbohzl3dbkjz61fpm4cy6wd44lgjk8l7ooie");
  }

  @Test
  public void theLabelsThatWereGivenOutStay() {
    Map<String, String> now = new TreeMap<>();
    FOR_EVER.keySet().forEach(name -> now.put(name, HostLabel.of(AtSign.of(name))));
    assertThat(now, equalTo(FOR_EVER));
  }

  @Test
  public void noTwoOfManyAtSignsShareALabelAndEachIsSafeInDns() {
    Random random = new Random(20_240_501);
    Map<String, AtSign> given = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      AtSign atSign = any(random);
      String label = HostLabel.of(atSign);
      assertThat(label, matchesPattern("[a-z0-9]([a-z0-9-]*[a-z0-9])?"));
      assertThat(label.length(), lessThanOrEqualTo(HostLabel.LONGEST));
      // Hyphens at 3 and 4 are for internationalised names (RFC 5890).
      assertThat(label, !label.startsWith("--", 2));
      AtSign before = given.put(label, atSign);
      assertThat(label, before == null || before.equals(atSign));
    }
  }

  /** Short names of few characters, among them those that the scheme itself uses. */
  private static AtSign any(Random random) {
    String[] letters = {
      "a",
      "b",
      "u",
      "h",
      "x",
      "n",
      "0",
      "2",
      "5",
      "f",
      "d",
      "-",
      "-",
      "_",
      "\u00e9",
      "e\u0301",
      "\uD83D\uDEE0",
      "\uD83D\uDE00",
      "\uD83D",
      "\uDE00",
      "\u4e2d"
    };
    int length = 1 + random.nextInt(random.nextInt(10) == 0 ? 27 : 5);
    StringBuilder name = new StringBuilder("@");
    for (int i = 0; i < length; i++) {
      name.append(letters[random.nextInt(letters.length)]);
    }
    return new AtSign(name.toString());
  }
}
