package org.noports.ssh;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.tunnel.StreamGate;

/** Files over SFTP, and what leads out of their folder. */
public class FilesTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private Path root;
  private Path secret;
  private BuiltInSshServer server;
  private OverStreams client;
  private ClientSession session;
  private SftpClient sftp;

  @Before
  public void connect() throws Exception {
    root = folder.newFolder("root").toPath();
    secret = folder.newFolder("outside").toPath().resolve("secret");
    Files.writeString(secret, "not for you");
    server = new BuiltInSshServer();
    server.configure(configuration(root.toString()));
    client = new OverStreams(RejectAllForwardingFilter.INSTANCE);
    session = client.connect(server, StreamGate.none());
    sftp = SftpClientFactory.instance().createSftpClient(session);
  }

  @After
  public void disconnect() throws Exception {
    sftp.close();
    client.close();
    server.stop();
  }

  @Test
  public void aFileGoesThereAndBackAndIsListed() throws Exception {
    write("/a.txt", "hello");
    assertThat(Files.readString(root.resolve("a.txt")), equalTo("hello"));
    assertThat(read("/a.txt"), equalTo("hello"));
    List<String> names = new ArrayList<>();
    sftp.readDir("/").forEach(entry -> names.add(entry.getFilename()));
    names.removeIf(name -> name.startsWith("."));
    assertThat(names, contains("a.txt"));
  }

  @Test
  public void dotsLeadNotOut() {
    assertThrows(IOException.class, () -> read("/../outside/secret"));
    assertThrows(IOException.class, () -> read(secret.toString()));
  }

  @Test
  public void aLinkThatLeadsOutIsNotFollowedToReadNorToWrite() throws Exception {
    Files.createSymbolicLink(root.resolve("out"), secret);
    Files.createSymbolicLink(root.resolve("folder"), secret.getParent());
    Files.createSymbolicLink(root.resolve("nowhere"), secret.resolveSibling("new"));
    assertThrows(IOException.class, () -> read("/out"));
    assertThrows(IOException.class, () -> write("/out", "mine"));
    assertThrows(IOException.class, () -> read("/folder/secret"));
    assertThrows(IOException.class, () -> write("/folder/new", "mine"));
    assertThrows(IOException.class, () -> write("/nowhere", "mine"));
    assertThrows(IOException.class, () -> sftp.remove("/folder/secret"));
    assertThat(Files.readString(secret), equalTo("not for you"));
    assertThat(Files.list(secret.getParent()).count(), equalTo(1L));
  }

  @Test
  public void aLinkThatStaysWithinIsFollowedAndNoneIsMade() throws Exception {
    write("/a.txt", "hello");
    Files.createSymbolicLink(root.resolve("b.txt"), root.resolve("a.txt"));
    assertThat(read("/b.txt"), equalTo("hello"));
    assertThrows(IOException.class, () -> sftp.symLink("/c.txt", "/a.txt"));
    assertThat(Files.exists(root.resolve("c.txt")), equalTo(false));
  }

  @Test
  public void withoutAFolderThereIsNoSftp() throws Exception {
    server.configure(configuration(""));
    assertThrows(
        IOException.class, () -> SftpClientFactory.instance().createSftpClient(session).close());
  }

  private String read(String path) throws IOException {
    try (InputStream in = sftp.read(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void write(String path, String text) throws IOException {
    try (OutputStream out = sftp.write(path)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private SshServerConfig configuration(String sftpRoot) {
    Map<String, Object> all = new HashMap<>();
    all.put("hostKey", folder.getRoot().toPath().resolve("host-key").toString());
    all.put("sftpRoot", sftpRoot);
    return TestConfiguration.of(all);
  }
}
