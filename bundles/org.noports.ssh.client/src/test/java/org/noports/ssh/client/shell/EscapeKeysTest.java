package org.noports.ssh.client.shell;

import static org.junit.Assert.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.junit.Test;
import org.noports.ssh.client.shell.EscapeKeys.Order;

public class EscapeKeysTest {
  private final EscapeKeys keys = new EscapeKeys(OptionalInt.of('~'));

  private String typed(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return new String(keys.typed(bytes, bytes.length), StandardCharsets.US_ASCII);
  }

  @Test
  public void behindANewLineItEndsTheConnection() {
    assertEquals("ls\r", typed("ls\r"));
    assertEquals("", typed("~"));
    assertEquals(Order.NONE, keys.order());
    assertEquals("", typed(".more"));
    assertEquals(Order.END, keys.order());
  }

  @Test
  public void insideALineItIsAKeyLikeOthers() {
    assertEquals("cd ~.\r", typed("cd ~.\r"));
    assertEquals(Order.NONE, keys.order());
  }

  @Test
  public void twiceItIsTheKeyAndBeforeOthersBothAreTyped() {
    assertEquals("~\r~x", typed("~~\r~x"));
    assertEquals(Order.NONE, keys.order());
  }

  @Test
  public void aQuestionIsAnsweredAndNotTyped() {
    assertEquals("", typed("~?"));
    assertEquals(Order.HELP, keys.order());
  }

  @Test
  public void withoutAKeyAllIsTyped() {
    byte[] bytes = "~.".getBytes(StandardCharsets.US_ASCII);
    EscapeKeys none = new EscapeKeys(OptionalInt.empty());
    assertEquals("~.", new String(none.typed(bytes, 2), StandardCharsets.US_ASCII));
    assertEquals(Order.NONE, none.order());
  }
}
