package org.noports.ssh.client;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.StoreFailed;
import org.noports.api.Target;
import org.noports.api.ssh.SshHost;
import org.noports.ssh.client.words.ProxyArguments;

public class WrittenSshConfigTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private static SshHost host(String target, Optional<String> user) {
    return new SshHost(
        "dev1.device",
        ProxyArguments.device("dev1@device"),
        Target.of(target),
        user,
        Optional.empty(),
        Optional.of(AtSign.of("@relay")),
        Optional.empty());
  }

  private String written(SshHost host, String instance, Map<String, String> environment)
      throws StoreFailed {
    Path root = folder.getRoot().toPath();
    return new WrittenSshConfig(Path.of("/opt/noports"), root.resolve(instance), environment)
        .fragment(host)
        .replace(root.toString(), "ROOT");
  }

  @Test
  public void theUsualInstanceAndTargetNeedNoWords() throws Exception {
    assertEquals(
        String.join(
            "\n",
            "Host dev1.device",
            "  User alice",
            "  ProxyCommand /opt/noports/bin/noports proxy dev1@device --relay @relay",
            "  HostKeyAlias dev1@device",
            "  UserKnownHostsFile ROOT/default/data/ssh/known_hosts",
            "  StrictHostKeyChecking yes",
            ""),
        written(host("localhost:22", Optional.of("alice")), "default", Map.of()));
  }

  @Test
  public void anotherServerBehindTheDeviceIsAnotherHost() throws Exception {
    String text = written(host("service:ssh", Optional.empty()), "work", Map.of());
    assertTrue(text, text.contains(" --instance work proxy dev1@device --to service:ssh "));
    assertTrue(text, text.contains("HostKeyAlias dev1@device/service:ssh\n"));
  }

  @Test
  public void anInstanceElsewhereIsFoundAgainWhateverItsFolderIsCalled() throws Exception {
    String text =
        written(
            host("localhost:22", Optional.empty()),
            "my 100%",
            Map.of("NOPORTS_STATE", "there", "NOPORTS_RUN", "/run/it's"));
    assertTrue(text, text.contains(" env 'NOPORTS_RUN=/run/it'\\''s' /opt/noports/bin/noports "));
    assertTrue(text, text.contains(" --home 'ROOT/my 100%%' proxy "));
    assertTrue(text, text.contains("File \"ROOT/my 100%%/data/ssh/known_hosts\"\n"));
  }

  @Test
  public void aFolderWithQuotesInItsNameIsStillOneWord() throws Exception {
    String text = written(host("localhost:22", Optional.empty()), "it's \"b\\c\"#d", Map.of());
    assertTrue(text, text.contains("File \"ROOT/it's \\\"b\\\\c\\\"#d/data/ssh/known_hosts\"\n"));
  }

  @Test
  public void aFolderWithALineBreakInItsNameWritesNothing() {
    assertThrows(
        StoreFailed.class,
        () ->
            written(
                host("localhost:22", Optional.empty()), "a\n  PermitLocalCommand yes", Map.of()));
  }

  @Test
  public void theAgentWithTheSessionsKeyIsNotLent() throws Exception {
    SshHost host =
        new SshHost(
            "dev1.device",
            ProxyArguments.device("dev1@device"),
            Target.of("localhost:22"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true);
    String text = written(host, "default", Map.of("NOPORTS_RUN", "/run/here"));
    assertTrue(text, text.contains("  IdentityAgent /run/here/ssh/default-dev1.device\n"));
    assertTrue(text, text.contains("  ForwardAgent no\n"));
  }

  @Test
  public void theFolderOfHostKeysIsItsOwnersAlone() throws Exception {
    written(host("localhost:22", Optional.empty()), "default", Map.of());
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.getRoot().toPath().resolve("default/data/ssh"))));
  }

  @Test
  public void aFolderThatCannotBeMadeIsNamed() throws Exception {
    Files.writeString(folder.getRoot().toPath().resolve("taken"), "a file");
    StoreFailed failure =
        assertThrows(
            StoreFailed.class,
            () -> written(host("localhost:22", Optional.empty()), "taken", Map.of()));
    assertTrue(failure.getMessage(), failure.getMessage().contains("taken/data/ssh"));
  }

  @Test
  public void nothingOfAUserBreaksOutOfItsLine() {
    assertThrows(
        IllegalArgumentException.class,
        () -> host("localhost:22", Optional.of("alice\n  ProxyCommand evil")));
  }
}
