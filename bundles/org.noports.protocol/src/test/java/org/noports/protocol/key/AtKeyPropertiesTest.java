package org.noports.protocol.key;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.Optional;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.Generator;

/** What holds for every key name, tried with many. */
public class AtKeyPropertiesTest {
  private static final int KEYS = 2_000;

  @Test
  public void whatIsWrittenIsReadBackInAnyCase() throws Exception {
    for (long seed = 0; seed < KEYS; seed++) {
      Generator generator = new Generator(seed);
      AtKey key = key(generator);
      assertEquals(generator.toString(), key, AtKey.parse(key.toString()));
      String shouted = generator.anyCase(key.toString());
      assertEquals(generator.toString(), key, AtKey.parse(" " + shouted + "\r"));
    }
  }

  @Test
  public void aKeyHasItsNameItsOwnerAndItsReader() throws Exception {
    for (long seed = 0; seed < KEYS; seed++) {
      Generator generator = new Generator(seed);
      AtSign owner = generator.atSign();
      AtSign reader = generator.atSign();
      String name = generator.name();
      AtKey shared = AtKey.parse(reader + ":" + name + owner);
      assertEquals(generator.toString(), name, shared.name());
      assertEquals(generator.toString(), Optional.of(owner), shared.owner());
      assertEquals(generator.toString(), Optional.of(reader), shared.sharedWith());
      assertEquals(generator.toString(), name + owner, shared.withoutReader());
      KeyKind kind = reader.equals(owner) ? KeyKind.SELF : KeyKind.SHARED;
      assertEquals(generator.toString(), kind, shared.kind());
    }
  }

  @Test
  public void theNamespaceIsWhatFollowsTheLastDot() throws Exception {
    for (long seed = 0; seed < KEYS; seed++) {
      Generator generator = new Generator(seed);
      AtKey key = key(generator);
      Optional<String> namespace = key.namespace();
      assertEquals(generator.toString(), namespace.isPresent(), key.name().indexOf('.') > 0);
      assertTrue(generator.toString(), namespace.map(key::inNamespace).orElse(true));
    }
  }

  @Test
  public void noNameHasACharacterThatEndsIt() {
    char[] out = {'@', ':', ' ', '\t', '\n', '\u0000', '\u00a0', '\u2028'};
    for (long seed = 0; seed < KEYS; seed++) {
      Generator generator = new Generator(seed);
      String name = generator.name();
      int at = generator.below(name.length()) + 1;
      String broken =
          "x" + name.substring(0, at) + out[generator.below(out.length)] + name.substring(at) + "y";
      AtSign owner = generator.atSign();
      assertThrows(
          generator.toString(), IllegalArgumentException.class, () -> AtKey.self(broken, owner));
    }
  }

  @Test
  public void noTextIsReadAsAKeyThatIsWrittenAnotherWay() {
    String pieces = "@:. \tpublic:cached:private:local:privatekey:@a@b";
    for (long seed = 0; seed < 10 * KEYS; seed++) {
      Generator generator = new Generator(seed);
      StringBuilder text = new StringBuilder(key(generator).toString());
      for (int cuts = 1 + generator.below(3); cuts > 0; cuts--) {
        int from = generator.below(pieces.length());
        int to = from + generator.below(pieces.length() - from);
        text.insert(generator.below(text.length() + 1), pieces, from, to);
      }
      try {
        AtKey key = AtKey.parse(text.toString());
        assertEquals(generator.toString(), key, AtKey.parse(key.toString()));
      } catch (ProtocolViolation expected) {
        assertTrue(generator.toString(), expected.getMessage().length() < 700);
      }
    }
  }

  @Test
  public void keysLongerThanTheLimitAreRefused() throws Exception {
    for (long seed = 0; seed < 200; seed++) {
      Generator generator = new Generator(seed);
      AtSign owner = AtSign.of("@o" + generator.below(1_000));
      int room = AtKey.MAX_LENGTH - owner.name().length();
      String longest = "n".repeat(room) + owner;
      assertEquals(AtKey.MAX_LENGTH, AtKey.parse(longest).toString().length());
      assertThrows(ProtocolViolation.class, () -> AtKey.parse("n" + longest));
    }
  }

  private static AtKey key(Generator generator) {
    AtSign owner = generator.atSign();
    String name = generator.name();
    AtKey key =
        switch (generator.below(3)) {
          case 0 -> AtKey.publicKey(name, owner);
          case 1 -> AtKey.shared(generator.atSign(), name, owner);
          default -> AtKey.self(name, owner);
        };
    return generator.flip() ? key.toCached() : key;
  }
}
