package org.noports.ssh.client;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Which agent {@code noports ssh --session-key} lends the far side: by the line that it becomes.
 */
public class LentAgentTest {
  private static final Path SCRIPT =
      Path.of("../../karaf-distribution/src/main/resources/bin/noports-ssh").toAbsolutePath();

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private String line(Optional<String> own, String... options) throws Exception {
    List<String> words =
        new ArrayList<>(List.of("bash", "-euc", ". \"$0\"; ssh_through \"$@\"", SCRIPT.toString()));
    words.addAll(List.of("--session-key", "--print-command"));
    words.addAll(List.of(options));
    words.add("dev1@device");
    ProcessBuilder bash = new ProcessBuilder(words).redirectErrorStream(true);
    Map<String, String> environment = bash.environment();
    environment.keySet().removeIf(name -> name.startsWith("NOPORTS_"));
    environment.remove("SSH_AUTH_SOCK");
    environment.put("NOPORTS_HOME", "/opt/noports");
    environment.put("NOPORTS_STATE", folder.getRoot().toString());
    own.ifPresent(socket -> environment.put("SSH_AUTH_SOCK", socket));
    Process process = bash.start();
    String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(line, 0, process.waitFor());
    return line.strip();
  }

  private void assertLendsNone(String line) {
    assertTrue(line, line.contains(" -o ForwardAgent=no "));
    // An -A of before holds whatever ForwardAgent says; the last one of both is it.
    assertTrue(line, line.indexOf(" -a ") > line.indexOf("-A"));
  }

  private void assertLendsOwn(String line) {
    assertTrue(line, line.contains(" -o ForwardAgent=\\\"/own/agent\\\" "));
    assertTrue(line, !line.contains(" -a "));
  }

  @Test
  public void nothingIsLentUnasked() throws Exception {
    assertLendsNone(line(Optional.of("/own/agent")));
    assertLendsNone(line(Optional.of("/own/agent"), "-A", "-a"));
    assertLendsNone(line(Optional.of("/own/agent"), "-o", "ForwardAgent=no"));
    assertLendsNone(line(Optional.of("/own/agent"), "-i", "-A"));
  }

  @Test
  public void whoHasNoAgentLendsNone() throws Exception {
    assertLendsNone(line(Optional.empty(), "-A"));
    assertLendsNone(line(Optional.empty(), "-vA"));
    assertLendsNone(line(Optional.empty(), "-oForwardAgent=yes"));
  }

  @Test
  public void whoAsksLendsHisOwn() throws Exception {
    Optional<String> own = Optional.of("/own/agent");
    assertLendsOwn(line(own, "-A"));
    assertLendsOwn(line(own, "-tA", "-p", "2222"));
    assertLendsOwn(line(own, "-o", "ForwardAgent=yes"));
    assertLendsOwn(line(own, "-oforwardagent yes", "-o", "ForwardAgent=no"));
    assertLendsOwn(line(own, "-o", "ForwardAgent=$SSH_AUTH_SOCK"));
    assertLendsOwn(line(own, "-o", "ForwardAgent=no", "-A"));
  }

  @Test
  public void anAgentThatIsNamedIsLent() throws Exception {
    String line = line(Optional.empty(), "-o", "ForwardAgent=/other/agent");
    assertTrue(line, line.contains(" -o ForwardAgent=\\\"/other/agent\\\" "));
  }
}
