package org.noports.ssh.client.words;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.junit.Test;

public class CopyWordsTest {
  private static CopyRequest read(String... words) {
    return CopyWords.of(List.of(words));
  }

  private static String refused(String... words) {
    return assertThrows(IllegalArgumentException.class, () -> read(words)).getMessage();
  }

  @Test
  public void filesGoToADevice() {
    CopyRequest asked = read("-rp", "a", "./b:c", "alice@Dev1@device:/there");
    assertTrue(asked.upload());
    assertEquals(List.of("a", "./b:c"), asked.sources());
    assertEquals("/there", asked.target());
    assertEquals("alice@dev1@device", asked.login().toString());
    assertTrue(asked.folders());
    assertTrue(asked.preserve());
  }

  @Test
  public void filesComeFromADevice() {
    CopyRequest asked = read("-P2222", "dev1@device:", "dev1@device:a b", ".");
    assertFalse(asked.upload());
    assertEquals(List.of("", "a b"), asked.sources());
    assertEquals(".", asked.target());
    assertEquals("localhost:2222", asked.login().way().target().toString());
  }

  @Test
  public void oneSideIsHereAndOneIsThere() {
    assertThat(refused("a", "b"), containsString("Neither side"));
    assertThat(refused("d@x:a", "d@x:b"), containsString("Both sides"));
    assertThat(refused("d@x:a", "e@x:b", "."), containsString("One device at a time"));
    assertThat(refused("d@x:a", "b", "."), containsString("'b'"));
    assertThat(refused("a"), containsString("where to"));
    assertThat(refused("-z", "a", "d@x:"), containsString("'-z'"));
    assertThat(refused("-o", "ProxyJump=x", "a", "d@x:"), containsString("ProxyJump"));
  }
}
