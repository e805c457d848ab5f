package org.noports.ssh.client.copy;

import static org.junit.Assert.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.Test;

public class ProgressTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private long now;

  private Progress progress(boolean shown) {
    return new Progress(out, shown, () -> 56, () -> now);
  }

  private String shown() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  public void aLineIsDrawnOverUntilTheFileIsWhole() {
    Progress progress = progress(true);
    progress.begin("report.pdf", 4_000_000);
    now = 1_000_000_000L;
    progress.moved(1_000_000);
    now = 4_000_000_000L;
    progress.moved(3_000_000);
    progress.end();
    String[] lines = shown().split("\r");
    assertEquals("report.pdf            0%       0 B       0 B/s 00:00", lines[1]);
    assertEquals("report.pdf           25%  976.6 KB  976.6 KB/s 00:03", lines[2]);
    assertEquals("report.pdf          100%    3.8 MB  976.6 KB/s 00:04\n", lines[lines.length - 1]);
  }

  @Test
  public void whatHasNoRoomIsCutAtItsBeginning() {
    Progress progress = progress(true);
    progress.begin("/a/very/long/way/to/the/report.pdf", 0);
    assertEquals("…/to/the/report.pdf", shown().substring(1).split(" ")[0]);
  }

  @Test
  public void whereNobodyLooksNothingIsDrawn() {
    Progress progress = progress(false);
    progress.begin("report.pdf", 10);
    now = 10_000_000_000L;
    progress.moved(10);
    progress.end();
    assertEquals("", shown());
  }

  @Test
  public void aNameIsNoCommandToATerminal() {
    progress(true).begin("a\u001b[2Jb", 1);
    assertEquals(-1, shown().indexOf('\u001b'));
  }
}
