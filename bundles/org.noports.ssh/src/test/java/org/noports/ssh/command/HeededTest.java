package org.noports.ssh.command;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class HeededTest {
  private static List<String> status(String ignored) {
    return List.of("Name:\tjava", "SigBlk:\t0000000000000000", "SigIgn:\t" + ignored);
  }

  @Test
  public void whatTerminalsSendIsLookedFor() {
    assertThat("by nohup", Heeded.isAnyIgnored(status("0000000000000001")), is(true));
    assertThat("in a background", Heeded.isAnyIgnored(status("0000000000000006")), is(true));
    assertThat("Ctrl-Z", Heeded.isAnyIgnored(status("0000000000080000")), is(true));
    assertThat("all", Heeded.isAnyIgnored(status("fffffffffffffeff")), is(true));
  }

  @Test
  public void whatNobodySendsThereIsNoMatter() {
    assertThat("nothing", Heeded.isAnyIgnored(status("0000000000000000")), is(false));
    assertThat("SIGPIPE, SIGCHLD", Heeded.isAnyIgnored(status("0000000000011000")), is(false));
    assertThat("another system", Heeded.isAnyIgnored(List.of("Name:\tjava")), is(false));
  }

  /** Whatever this test itself was started to ignore. */
  @Test
  public void whatIsStartedForAPersonIgnoresNothing() throws Exception {
    List<String> words = new ArrayList<>(Heeded.prefix());
    words.addAll(List.of("grep", "SigIgn", "/proc/self/status"));
    Process started = new ProcessBuilder(words).start();
    try (BufferedReader said = started.inputReader(StandardCharsets.UTF_8)) {
      assertThat(Heeded.isAnyIgnored(List.of(said.readLine())), equalTo(false));
    }
  }
}
