package org.noports.ssh.client;

import static org.junit.Assert.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.ssh.client.hosts.KnownHosts;

public class KnownHostsTest {
  /** What {@code ssh-keygen -H} makes of {@code dev1@device}. */
  private static final String HASHED =
      "|1|jOlPHmP7DwsctaA14hgohQo6cFY=|1ei2NEn6hww7b/7d4O5NiTUOqaQ=";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void whatSshHasHashedIsKnownAllTheSame() throws Exception {
    Path file = folder.getRoot().toPath().resolve("known_hosts");
    Files.writeString(file, HASHED + " " + HostKeyReply.FIRST + "\n");
    KnownHosts known = new KnownHosts(file);
    assertEquals(List.of(HostKeyReply.FIRST), known.of("dev1@device"));
    assertEquals(List.of(), known.of("dev2@device"));
    known.set("dev1@device", List.of(HostKeyReply.OTHER));
    assertEquals("dev1@device " + HostKeyReply.OTHER + "\n", Files.readString(file));
  }

  @Test
  public void linesThatAreNoKeysStay() throws Exception {
    Path file = folder.getRoot().toPath().resolve("known_hosts");
    Files.writeString(file, "# mine\n\nx nonsense here\n");
    KnownHosts known = new KnownHosts(file);
    assertEquals(List.of(), known.of("x"));
    known.set("dev1@device", List.of(HostKeyReply.FIRST));
    assertEquals(
        "# mine\n\nx nonsense here\ndev1@device " + HostKeyReply.FIRST + "\n",
        Files.readString(file));
  }
}
