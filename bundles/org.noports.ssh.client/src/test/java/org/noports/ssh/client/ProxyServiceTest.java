package org.noports.ssh.client;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.PeerUnverified;
import org.noports.api.SessionGone;
import org.noports.api.SessionRefused;
import org.noports.api.door.ExitCodes;
import org.noports.api.health.Health;
import org.noports.api.session.TunnelSession;
import org.noports.api.ssh.SshPublicKey;
import org.noports.api.tunnel.Level;
import org.noports.ssh.client.agent.FixedKey;
import org.noports.ssh.client.agent.SessionAgents;
import org.noports.ssh.client.hosts.KnownHosts;
import org.noports.testkit.Eventually;

public class ProxyServiceTest {
  private static final List<String> WORDS =
      List.of("dev1@device", "--from", "@alice", "--relay", "@relay");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final DeviceConnections connections = new DeviceConnections();
  private Path known;
  private ProxyService service;
  private final EchoTunnels tunnels = new EchoTunnels();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Before
  public void start() {
    known = folder.getRoot().toPath().resolve("ssh/known_hosts");
    service = new ProxyService(connections, new KnownHosts(known));
  }

  @After
  public void stop() {
    service.stop();
    connections.stop();
  }

  private int serve(String given, List<String> words) throws Exception {
    out.reset();
    err.reset();
    InputStream in = new ByteArrayInputStream(given.getBytes(StandardCharsets.UTF_8));
    return service.serve(words, in, out, err);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  public void whatIsSentComesBackAndTheEndOfInputEndsIt() throws Exception {
    connections.bindTunnels(tunnels);
    assertEquals(0, serve("there and back", WORDS));
    assertEquals("there and back", out());
    assertEquals("", err());
  }

  @Test
  public void theSameRequestGoesThroughTheSessionThatStands() throws Exception {
    connections.bindTunnels(tunnels);
    serve("one", WORDS);
    serve("two", WORDS);
    assertEquals("two", out());
    assertEquals(1, tunnels.opened.size());
    tunnels.opened.get(0).close();
    serve("three", WORDS);
    assertEquals(2, tunnels.opened.size());
  }

  @Test
  public void aSessionThatIsFoundToBeOverIsReplacedOnce() throws Exception {
    connections.bindTunnels(tunnels);
    serve("one", WORDS);
    tunnels.opened.get(0).broken = new SessionGone("its relay died");
    assertEquals(0, serve("two", WORDS));
    assertEquals("two", out());
    assertEquals(2, tunnels.opened.size());
  }

  @Test
  public void aRefusalIsOneLineAndItsCode() throws Exception {
    connections.bindTunnels(
        (request, listener) -> CompletableFuture.failedFuture(new SessionRefused("not you")));
    assertEquals(10, serve("", WORDS));
    assertEquals("noports: not you", err().strip());
    assertEquals("", out());
  }

  @Test
  public void wrongArgumentsAreToldApartFromFailures() throws Exception {
    connections.bindTunnels(tunnels);
    assertEquals(2, serve("", List.of("--wrong")));
    assertEquals(3, serve("", List.of("dev1@device", "--from", "@alice")));
    assertTrue(err(), err().contains("--relay"));
  }

  @Test
  public void withoutAClientItSaysWhatIsMissing() throws Exception {
    assertEquals(3, serve("", WORDS));
    assertTrue(err(), err().contains("noports-client"));
    assertEquals(Health.Status.DEGRADED, connections.check().status());
  }

  @Test
  public void aLevelThatNoticesNoChangesIsWarnedOf() throws Exception {
    tunnels.level = Level.L1;
    connections.bindTunnels(tunnels);
    serve("x", WORDS);
    assertTrue(err(), err().contains("fingerprint"));
  }

  /** Whoever sends what an SSH server sends gets it back as if a server had. */
  private int meet(SshPublicKey shown) throws Exception {
    connections.bindTunnels(tunnels);
    out.reset();
    err.reset();
    return service.serve(
        WORDS, new ByteArrayInputStream(HostKeyReply.showing(shown, 31)), out, err);
  }

  @Test
  public void theHostKeyThatTheDeviceSignsForIsWrittenDownAndTheServerIsHeard() throws Exception {
    Files.createDirectories(known.getParent());
    Files.writeString(
        known, "other@device " + HostKeyReply.FIRST + "\ndev1@device " + HostKeyReply.OTHER + "\n");
    tunnels.hostKeys = List.of(HostKeyReply.FIRST);
    assertEquals(0, meet(HostKeyReply.FIRST));
    assertEquals("", err());
    assertEquals(HostKeyReply.showing(HostKeyReply.FIRST, 31).length, out.size());
    assertEquals(
        "other@device " + HostKeyReply.FIRST + "\ndev1@device " + HostKeyReply.FIRST + "\n",
        Files.readString(known));
  }

  @Test
  public void anotherHostKeyThanTheDeviceSignsForNeverReachesSsh() throws Exception {
    tunnels.hostKeys = List.of(HostKeyReply.FIRST);
    assertEquals(ExitCodes.of(new PeerUnverified("")), meet(HostKeyReply.OTHER));
    assertTrue(err(), err().contains("WRONG SSH HOST KEY: localhost:22 of dev1@device"));
    assertTrue(err(), err().contains(HostKeyReply.OTHER.fingerprint()));
    assertEquals("", out());
    assertEquals("dev1@device " + HostKeyReply.FIRST + "\n", Files.readString(known));
  }

  @Test
  public void aStrangersFirstHostKeyIsBelievedAndNoSecondOneIsWrittenDown() throws Exception {
    assertEquals(0, meet(HostKeyReply.FIRST));
    assertTrue(err(), err().contains(HostKeyReply.FIRST.fingerprint()));
    assertEquals("dev1@device " + HostKeyReply.FIRST + "\n", Files.readString(known));
    assertEquals(0, meet(HostKeyReply.OTHER));
    assertEquals("dev1@device " + HostKeyReply.FIRST + "\n", Files.readString(known));
  }

  @Test
  public void aConnectionThatBreaksIsSaidWhileTheCallerStillSends() throws Exception {
    connections.bindTunnels(tunnels);
    tunnels.stream = BrokenStream::new;
    try (PipedOutputStream open = new PipedOutputStream();
        InputStream in = new PipedInputStream(open)) {
      assertEquals(15, service.serve(WORDS, in, out, err));
    }
    assertTrue(err(), err().contains("cable cut"));
  }

  @Test
  public void aConnectionThatBreaksBehindACallerThatIsDoneIsACodeAndNoNews() throws Exception {
    connections.bindTunnels(tunnels);
    tunnels.stream = BrokenWhenEnded::new;
    assertEquals(15, serve("x", WORDS));
    assertEquals("", err());
  }

  private static final class BrokenStream extends EchoTunnels.EchoStream {
    @Override
    public CompletionStage<Integer> read(ByteBuffer destination) {
      return CompletableFuture.failedFuture(new IOException("cable cut"));
    }
  }

  private static final class BrokenWhenEnded extends EchoTunnels.EchoStream {
    private final CompletableFuture<Integer> end = new CompletableFuture<>();

    @Override
    public CompletionStage<Integer> read(ByteBuffer destination) {
      return end;
    }

    @Override
    public CompletionStage<Void> endOutput() {
      end.completeExceptionally(new IOException("cable cut"));
      return CompletableFuture.completedFuture(null);
    }
  }

  @Test
  public void aKeyThatTheDeviceTookBackIsNotOfferedForAsLongAsItsConnectionStands()
      throws Exception {
    List<EchoTunnels.EchoStream> keys = new CopyOnWriteArrayList<>();
    tunnels.stream =
        () -> {
          EchoTunnels.EchoStream stream = new EchoTunnels.EchoStream();
          stream.write(ByteBuffer.wrap(FixedKey.file()));
          stream.endOutput();
          keys.add(stream);
          return stream;
        };
    TunnelSession session = tunnels.open(null, null).toCompletableFuture().join();
    Path place = Files.createTempDirectory(Path.of("/tmp"), "agents");
    Path socket = place.resolve("one");
    ExecutorService threads = Executors.newCachedThreadPool();
    try (SessionAgents agents = new SessionAgents(threads)) {
      LoginKey.offer(session, socket, agents);
      assertTrue(Files.exists(socket));
      keys.get(0).close();
      Eventually.holds(() -> !Files.exists(socket));
    } finally {
      threads.shutdownNow();
      Files.delete(place);
    }
  }

  @Test
  public void helpNeedsNoClient() throws Exception {
    assertEquals(0, serve("", List.of("--help")));
    assertTrue(out(), out().contains("ProxyCommand"));
  }
}
