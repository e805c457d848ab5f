package org.noports.shell;

import static org.junit.Assert.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class CommandErrorsTest {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @Before
  public void look() {
    System.setErr(new PrintStream(shown, true, StandardCharsets.UTF_8));
  }

  @After
  public void lookAway() {
    System.setErr(before);
  }

  @Test
  public void whatAnotherThreadSaysWaitsForTheCommandsOwn() throws Exception {
    CommandErrors errors = new CommandErrors();
    byte[] said = "first\n".getBytes(StandardCharsets.UTF_8);
    Thread other = new Thread(() -> errors.write(said, 0, said.length));
    other.start();
    other.join();
    assertEquals("", shown.toString(StandardCharsets.UTF_8));
    errors.write("second\n".getBytes(StandardCharsets.UTF_8));
    assertEquals("first\nsecond\n", shown.toString(StandardCharsets.UTF_8));
  }
}
