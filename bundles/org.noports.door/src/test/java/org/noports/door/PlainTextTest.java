package org.noports.door;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.Test;

public class PlainTextTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  public void coloursAreLeftOutAndTextStays() {
    PrintStream plain = PlainText.forTerminal("dumb", out);
    plain.print("\u001b[1mbold\u001b[22;31m gr\u00fcn\u001b[m [x] \u001b7end");
    plain.flush();
    assertEquals("bold gr\u00fcn [x] \u001b7end", bytes.toString(StandardCharsets.UTF_8));
  }

  @Test
  public void aSequenceTornInTwoIsLeftOutToo() {
    PrintStream plain = PlainText.forTerminal("dumb", out);
    for (char one : "a\u001b[38;5;1mb".toCharArray()) {
      plain.write(one);
      plain.flush();
    }
    assertEquals("ab", bytes.toString(StandardCharsets.UTF_8));
  }

  @Test
  public void aTerminalGetsItsColours() {
    assertSame(out, PlainText.forTerminal("xterm", out));
  }
}
