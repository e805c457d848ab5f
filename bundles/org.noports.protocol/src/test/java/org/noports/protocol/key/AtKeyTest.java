package org.noports.protocol.key;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.Refused;

public class AtKeyTest {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final AtSign BOB = AtSign.of("@bob");

  @Test
  public void everyKindIsReadAndWrittenAlike() throws Exception {
    String[][] kinds = {
      {"PUBLIC", "public:phone.wavi@alice"},
      {"PUBLIC", "public:_hidden@alice"},
      {"PUBLIC", "cached:public:phone.wavi@bob"},
      {"SHARED", "@bob:npt_request.dev1.sshnp@alice"},
      {"SHARED", "cached:@alice:phone@bob"},
      {"SELF", "phone.wavi@alice"},
      {"SELF", "@alice:phone.wavi@alice"},
      {"SELF", "shared_key.bob@alice"},
      {"PRIVATE", "private:blocklist@alice"},
      {"LOCAL", "local:x.cached_pks.sshnp@alice"},
      {"RESERVED", "privatekey:at_pkam_publickey"},
      {"RESERVED", "configkey"},
      {"RESERVED", "_latestnotificationid"}
    };
    for (String[] kind : kinds) {
      AtKey key = AtKey.parse(kind[1]);
      assertEquals(kind[1], key.toString());
      assertEquals(kind[1], kind[0], key.kind().name());
      assertEquals(key, AtKey.parse(key.toString()));
    }
  }

  @Test
  public void keysAreFoldedToLowerCase() throws Exception {
    assertEquals(
        AtKey.shared(BOB, "npt_request.dev1.sshnp", ALICE),
        AtKey.parse(" @Bob:NPT_Request.Dev1.sshnp@ALICE "));
    assertEquals("public:a.b@alice", AtKey.publicKey("A.B", ALICE).toString());
  }

  @Test
  public void aKeyForItsOwnerIsHisOwn() {
    assertEquals(KeyKind.SELF, AtKey.shared(ALICE, "x", ALICE).kind());
    assertEquals("@alice:x@alice", AtKey.shared(ALICE, "x", ALICE).toString());
    assertEquals("x@alice", AtKey.self("x", ALICE).toString());
  }

  @Test
  public void theNamespaceIsTheLastPart() throws Exception {
    assertEquals(Optional.of("sshnp"), AtKey.parse("@bob:ping.dev1.sshnp@alice").namespace());
    assertEquals(Optional.empty(), AtKey.parse("public:publickey@alice").namespace());
    assertTrue(AtKey.parse("ping.dev1.sshnp@alice").inNamespace("dev1.sshnp"));
    assertFalse(AtKey.parse("ping.xsshnp@alice").inNamespace("sshnp"));
  }

  @Test
  public void hiddenAndReservedNamesAreKnown() throws Exception {
    assertTrue(AtKey.parse("public:_apsk.primary.a.__e@alice").hidden());
    assertFalse(AtKey.parse("public:x_y@alice").hidden());
    assertTrue(AtKey.parse("@bob:shared_key@alice").reserved());
    assertTrue(AtKey.parse("shared_key.bob@alice").reserved());
    assertTrue(AtKey.parse("privatekey:at_secret").reserved());
    assertFalse(AtKey.parse("phone.wavi@alice").reserved());
  }

  @Test
  public void aCopyIsNamedSo() throws Exception {
    AtKey copy = AtKey.publicKey("phone", BOB).toCached();
    assertEquals("cached:public:phone@bob", copy.toString());
    assertEquals("phone@bob", copy.withoutReader());
    assertEquals(copy, AtKey.parse(copy.toString()));
  }

  @Test
  public void emojiAreNames() throws Exception {
    AtKey key = AtKey.parse("@bob:🛠.ns@alice🛠");
    assertEquals("@bob:🛠.ns@alice🛠", key.toString());
  }

  @Test
  public void whatIsNoKeyIsRefused() {
    for (String text :
        new String[] {
          "",
          " ",
          "@",
          "@alice",
          "x@",
          "public:@alice",
          "@bob:@alice",
          "a b@alice",
          "a:b@alice",
          "@bob:a:b@alice",
          "@bob:x@al!ce",
          "@b ob:x@alice",
          "public:",
          "cached:x",
          "a\u0000b@alice",
          "public:@bob:x@alice",
          "x@@alice",
          "@bobx@alice",
          "x@" + "a".repeat(56),
          "\u2003x\u2003y@alice"
        }) {
      Refused.message(() -> AtKey.parse(text));
    }
  }

  @Test
  public void longKeysAreRefusedAtTheirLimit() throws Exception {
    String longest = "a".repeat(AtKey.MAX_LENGTH - 6) + "@alice";
    assertEquals(longest, AtKey.parse(longest).toString());
    Refused.naming("at most 248", () -> AtKey.parse("a" + longest));
    assertEquals(255, AtKey.parse("cached:" + longest).toString().length());
    Refused.naming("at most 255", () -> AtKey.parse("cached:a" + longest));
  }

  @Test
  public void wrongPartsAreAProgrammersFault() {
    assertThrows(IllegalArgumentException.class, () -> AtKey.publicKey("a b", ALICE));
    assertThrows(IllegalArgumentException.class, () -> AtKey.publicKey("", ALICE));
  }

  @Test
  public void anyKeyThatIsWrittenIsReadAgain() throws Exception {
    Random random = new Random(11);
    for (int i = 0; i < 2000; i++) {
      AtSign owner = AtSign.of(word(random, 1 + random.nextInt(10)));
      String name = word(random, 1 + random.nextInt(6)) + "." + word(random, 4);
      AtKey key =
          switch (random.nextInt(3)) {
            case 0 -> AtKey.publicKey(name, owner);
            case 1 -> AtKey.self(name, owner);
            default -> AtKey.shared(AtSign.of(word(random, 3)), name, owner);
          };
      AtKey same = random.nextBoolean() ? key : key.toCached();
      assertEquals(same, AtKey.parse(same.toString()));
    }
  }

  @Test
  public void noTextMakesMoreThanTheOneError() {
    Random random = new Random(12);
    String alphabet = "@@::..ab _publicachedprivatekey\u0000\n🛠";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(14); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        AtKey key = AtKey.parse(text.toString());
        assertEquals(key, AtKey.parse(key.toString()));
      } catch (ProtocolViolation expected) {
        assertTrue(expected.getMessage().length() > 0);
      }
    }
  }

  private static String word(Random random, int length) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append("abcdefghij0123456789_-".charAt(random.nextInt(22)));
    }
    return word.toString();
  }
}
