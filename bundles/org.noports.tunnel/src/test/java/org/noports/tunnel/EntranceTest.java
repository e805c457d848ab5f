package org.noports.tunnel;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.LocalAddressUnavailable;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.LocalAddress;

/** Local addresses: bound at once, serving later, given back; ports and Unix sockets. */
public class EntranceTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private World world;

  @Before
  public void build() throws IOException {
    world = new World();
  }

  @After
  public void tearDown() throws IOException {
    world.close();
  }

  private Path path() {
    return folder.getRoot().toPath().resolve("t.sock");
  }

  private Entrance bind(Path path) throws Exception {
    return World.get(world.client.bind(new LocalAddress.UnixSocket(path)));
  }

  @Test
  public void localhostIsBoundOnlyWhereNobodyElseCanReachIt() throws Exception {
    for (String there : List.of("127.0.0.1", "::1")) {
      var fine = new EntranceBinding(world.client.loops(), name -> address(there));
      assertTrue(
          World.get(fine.resolve(new LocalAddress.Port("localhost", 0))).isLoopbackAddress());
    }
    var astray = new EntranceBinding(world.client.loops(), name -> address("192.0.2.7"));
    var port = new LocalAddress.Port("localhost", 0);
    var failure =
        assertThrows(ExecutionException.class, () -> World.get(astray.bind(port, c -> c.close())));
    assertThat(failure.getCause(), instanceOf(LocalAddressUnavailable.class));
    assertThat(
        failure.getCause().getMessage(), containsString("192.0.2.7, which others can reach"));
    var meant = new LocalAddress.Port("lan", 0);
    assertEquals("192.0.2.7", World.get(astray.resolve(meant)).getHostAddress());
  }

  private static CompletableFuture<InetAddress> address(String literal) {
    try {
      return CompletableFuture.completedFuture(InetAddress.getByName(literal));
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private String refusal(LocalAddress address) {
    var failure =
        assertThrows(ExecutionException.class, () -> World.get(world.client.bind(address)));
    assertThat(failure.getCause(), instanceOf(LocalAddressUnavailable.class));
    assertThat(failure.getCause().getMessage(), containsString(address.toString()));
    return failure.getCause().getMessage();
  }

  @Test
  public void namesAPortThatIsInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      var port = LocalAddress.Port.loopback(taken.getLocalPort());
      assertThat(refusal(port), containsString("in use"));
    }
  }

  @Test
  public void namesAHostThatThisMachineIsNot() {
    refusal(new LocalAddress.Port("no-such-host.invalid", 0));
  }

  @Test
  public void acceptsNothingBeforeItServesAndThenWhatWaited() throws Exception {
    world.echo();
    world.open(world.target());
    Entrance entrance = World.get(world.client.bind(LocalAddress.Port.loopback(0)));
    try (Socket early = World.connect(entrance)) {
      early.getOutputStream().write('a');
      assertEquals(0, world.clientEnd.traffic().total());
      entrance.serve(world.clientEnd);
      assertEquals('a', early.getInputStream().read());
      entrance.close();
      early.getOutputStream().write('b');
      assertEquals("open connections go on", 'b', early.getInputStream().read());
      assertThrows(ConnectException.class, () -> World.connect(entrance));
    }
  }

  @Test
  public void servesTheNextSessionBehindTheSameAddress() throws Exception {
    world.echo();
    world.open(world.target());
    Entrance entrance = world.entrance();
    world.clientEnd.close();
    World.get(world.clientEnd.ended());
    World.get(world.deviceEnd.ended());
    world.open(world.target());
    entrance.serve(world.clientEnd);
    try (Socket socket = World.connect(entrance)) {
      socket.getOutputStream().write('c');
      assertEquals('c', socket.getInputStream().read());
    }
  }

  @Test
  public void servesThroughAUnixSocketOfItsOwnerAlone() throws Exception {
    world.echo();
    world.open(world.target());
    Path path = path();
    Entrance entrance = bind(path);
    entrance.serve(world.clientEnd);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      socket.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      socket.shutdownOutput();
      ByteBuffer back = ByteBuffer.allocate(10);
      while (socket.read(back) >= 0) {
        assertTrue(back.position() <= 3);
      }
      assertEquals(3, back.position());
    }
    try (var inside = Files.list(path.getParent())) {
      assertEquals("nothing is left beside it", 1, inside.count());
    }
    world.close();
    assertFalse(Files.exists(path));
  }

  @Test
  public void refusesASocketInUseAndReplacesOneThatIsStale() throws Exception {
    Path path = path();
    var address = UnixDomainSocketAddress.of(path);
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      other.bind(address);
      assertThat(refusal(new LocalAddress.UnixSocket(path)), containsString("in use"));
    }
    assertTrue("left behind", Files.exists(path));
    bind(path).close();
  }

  @Test
  public void touchesNoFileThatIsNoSocket() throws Exception {
    Path path = path();
    Files.writeString(path, "precious");
    assertThat(refusal(new LocalAddress.UnixSocket(path)), containsString("no socket"));
    assertEquals("precious", Files.readString(path));
  }

  @Test
  public void saysHowLongAPathMayBe() throws Exception {
    Path deep = folder.getRoot().toPath().resolve("x".repeat(108));
    assertThat(refusal(new LocalAddress.UnixSocket(deep)), containsString("107"));
    Path absent = folder.getRoot().toPath().resolve("absent/s");
    assertThat(refusal(new LocalAddress.UnixSocket(absent)), containsString("no folder"));
  }
}
