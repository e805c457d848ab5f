package org.noports.tunnel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.HostPort;
import org.noports.api.ProtocolViolation;
import org.noports.api.SessionRefused;
import org.noports.api.Target;
import org.noports.api.TargetUnavailable;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.Forward;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.SessionEnd;
import org.noports.api.tunnel.SessionPlan;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamRequest;
import org.noports.tunnel.session.MultiplexedStream;

/** What goes through a session beside its own target, from application to service. */
public class ForwardTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private World world;
  private ClientEnd end;
  private DatagramSocket echoing;
  private volatile Optional<StreamRequest> forbidden = Optional.empty();

  @Before
  public void build() throws Exception {
    world = new World();
    world.echo();
    world.level = Level.L2;
    world.gate = Optional.of(new AllButOne());
    world.open(world.target());
    end = world.clientEnd;
    echoing = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    World.daemon(this::echoDatagrams);
  }

  /** Everything but what is {@link #forbidden} now. */
  private final class AllButOne implements StreamGate {
    @Override
    public CompletionStage<Answer> admit(StreamRequest request) {
      return CompletableFuture.completedFuture(
          objection(request)
              .<Answer>map(StreamGate.Refused::new)
              .orElseGet(() -> new StreamGate.Admitted("all")));
    }

    @Override
    public Optional<String> objection(StreamRequest.Listen admitted) {
      return objection((StreamRequest) admitted);
    }

    private Optional<String> objection(StreamRequest request) {
      return forbidden.filter(request::equals).map(no -> "Not for you: " + no);
    }
  }

  @After
  public void tearDown() throws IOException {
    end.close();
    echoing.close();
    world.close();
  }

  private void echoDatagrams() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[65535], 65535);
    while (!echoing.isClosed()) {
      packet.setLength(65535);
      echoing.receive(packet);
      echoing.send(packet);
    }
  }

  private Entrance entrance(Forward forward) throws Exception {
    Entrance entrance = World.get(world.client.bind(forward));
    World.get(entrance.serve(end));
    return entrance;
  }

  private Target.Tcp service() {
    return (Target.Tcp) world.target();
  }

  private Forward.Udp udp() {
    return new Forward.Udp(
        LocalAddress.Port.loopback(0),
        new Target.Tcp(new HostPort("127.0.0.1", echoing.getLocalPort())));
  }

  private static byte[] exchange(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    socket.shutdownOutput();
    return socket.getInputStream().readAllBytes();
  }

  private static byte[] ask(DatagramSocket socket, int port, byte[] text) throws IOException {
    socket.setSoTimeout(60_000);
    socket.send(new DatagramPacket(text, text.length, InetAddress.getLoopbackAddress(), port));
    DatagramPacket answer = new DatagramPacket(new byte[65535], 65535);
    socket.receive(answer);
    return Arrays.copyOf(answer.getData(), answer.getLength());
  }

  private static int port(Entrance entrance) {
    return ((LocalAddress.Port) entrance.address()).port();
  }

  /** Says what {@code hex} means and gives the answer of that many bytes. */
  private static String socks(Socket socket, String hex, int bytes) throws IOException {
    socket.getOutputStream().write(HexFormat.of().parseHex(hex));
    return HexFormat.of().formatHex(socket.getInputStream().readNBytes(bytes));
  }

  private static String hexName(String name, int port) {
    return String.format("%02x", name.length())
        + HexFormat.of().formatHex(name.getBytes(US_ASCII))
        + String.format("%04x", port);
  }

  @Test
  public void takesConnectionsToATargetOfTheirOwn() throws Exception {
    Entrance entrance = entrance(new Forward.Local(LocalAddress.Port.loopback(0), service()));
    try (Socket socket = World.connect(entrance)) {
      assertEquals("hello", new String(exchange(socket, "hello"), US_ASCII));
    }
  }

  @Test
  public void resetsWhatTheDeviceRefuses() throws Exception {
    forbidden = Optional.of(new StreamRequest.Connect(service()));
    Entrance entrance = entrance(new Forward.Local(LocalAddress.Port.loopback(0), service()));
    try (Socket socket = World.connect(entrance)) {
      assertThrows(SocketException.class, () -> readAll(socket));
    }
  }

  private static void readAll(Socket socket) throws IOException {
    socket.getInputStream().readAllBytes();
  }

  @Test
  public void goesWhereSocksAsksToWithoutLosingWhatComesAtOnce() throws Exception {
    Entrance entrance = entrance(new Forward.Socks(LocalAddress.Port.loopback(0)));
    try (Socket socket = World.connect(entrance)) {
      String hello = "050100" + "05010003" + hexName("localhost", service().address().port());
      String answers = socks(socket, hello + "68656c6c6f", 12);
      assertEquals("0500" + "05000001000000000000", answers);
      socket.shutdownOutput();
      assertEquals("hello", new String(socket.getInputStream().readAllBytes(), US_ASCII));
    }
  }

  @Test
  public void answersSocksWithWhatIsWrong() throws Exception {
    Entrance entrance = entrance(new Forward.Socks(LocalAddress.Port.loopback(0)));
    int closed = freePort();
    forbidden =
        Optional.of(new StreamRequest.Connect(new Target.Tcp(new HostPort("10.0.0.1", 80))));
    assertEquals("not allowed", "0502", reply(entrance, "0501000" + "10a0000010050"));
    assertEquals(
        "refused",
        "0505",
        reply(entrance, "05010001" + "7f000001" + String.format("%04x", closed)));
    assertEquals("BIND", "0507", reply(entrance, "05020001" + "7f0000010050"));
    assertEquals("address type", "0508", reply(entrance, "05010002"));
    assertEquals(
        "unknown", "0504", reply(entrance, "05010003" + hexName("no-such-host.invalid", 80)));
    try (Socket socket = World.connect(entrance)) {
      assertEquals("a password is insisted on", "05ff", socks(socket, "050102", 2));
      assertEquals(-1, socket.getInputStream().read());
    }
    try (Socket socket = World.connect(entrance)) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
      assertEquals("no SOCKS", -1, readOrReset(socket));
    }
  }

  private static int readOrReset(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read();
    } catch (SocketException reset) {
      return -1;
    }
  }

  private static String reply(Entrance entrance, String request) throws IOException {
    try (Socket socket = World.connect(entrance)) {
      assertEquals("0500", socks(socket, "050100", 2));
      String reply = socks(socket, request, 10);
      assertEquals("and no more", -1, socket.getInputStream().read());
      return reply.substring(0, 4);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  public void carriesDatagramsAndTheirAnswersForEachSender() throws Exception {
    Entrance entrance = entrance(udp());
    try (DatagramSocket one = new DatagramSocket();
        DatagramSocket other = new DatagramSocket()) {
      for (int length : new int[] {1, 63, 512, 9000, 60000}) {
        byte[] mine = new byte[length];
        Arrays.fill(mine, (byte) length);
        assertArrayEquals(mine, ask(one, port(entrance), mine));
        assertArrayEquals(new byte[] {7}, ask(other, port(entrance), new byte[] {7}));
      }
    }
  }

  @Test
  public void endsAnIdleStreamOfDatagramsAndBeginsAnother() throws Exception {
    var shortly = new Defaults(2, 1, 16, 1, 300, 30, 2);
    world.client.apply(shortly);
    world.device.apply(shortly);
    Entrance entrance = entrance(udp());
    try (DatagramSocket one = new DatagramSocket();
        DatagramSocket other = new DatagramSocket()) {
      assertArrayEquals(new byte[] {1}, ask(one, port(entrance), new byte[] {1}));
      other.setSoTimeout(100);
      byte[] text = {2};
      // The one place of the session is taken until the first stream has ended.
      byte[] answer = {};
      for (int i = 0; i < 200 && answer.length == 0; i++) {
        answer = tryToAsk(other, port(entrance), text);
      }
      assertArrayEquals(text, answer);
    }
  }

  private static byte[] tryToAsk(DatagramSocket socket, int port, byte[] text) throws IOException {
    socket.send(new DatagramPacket(text, text.length, InetAddress.getLoopbackAddress(), port));
    DatagramPacket answer = new DatagramPacket(new byte[16], 16);
    try {
      socket.receive(answer);
      return Arrays.copyOf(answer.getData(), answer.getLength());
    } catch (SocketTimeoutException e) {
      return new byte[0];
    }
  }

  @Test
  public void sendsDatagramsToNoGroup() throws Exception {
    var request = new StreamRequest.Udp(new Target.Tcp(new HostPort("224.0.0.1", 53)));
    var failure = assertThrows(ExecutionException.class, () -> World.get(end.open(request)));
    assertThat(failure.getCause(), instanceOf(TargetUnavailable.class));
    assertThat(failure.getCause().getMessage(), containsString("one machine"));
  }

  @Test
  public void givesASocksApplicationAPlaceForItsDatagrams() throws Exception {
    Entrance entrance = entrance(new Forward.Socks(LocalAddress.Port.loopback(0)));
    try (Socket control = World.connect(entrance);
        DatagramSocket socket = new DatagramSocket()) {
      String answer = socks(control, "050100" + "05030001000000000000", 12);
      assertEquals("0500" + "050000017f000001", answer.substring(0, 20));
      int port = Integer.parseInt(answer.substring(20), 16);
      String head = "00000001" + "7f000001" + String.format("%04x", echoing.getLocalPort());
      byte[] datagram = HexFormat.of().parseHex(head + "cafe");
      assertArrayEquals(datagram, ask(socket, port, datagram));
      byte[] again = HexFormat.of().parseHex(head + "beef00");
      assertArrayEquals(again, ask(socket, port, again));
    }
  }

  @Test
  public void bringsConnectionsAtTheDeviceBackToTheClient() throws Exception {
    Forward.Remote forward = new Forward.Remote(LocalAddress.Port.loopback(0), service().address());
    Entrance entrance = entrance(forward);
    try (Socket socket = World.connect(entrance)) {
      assertEquals("back", new String(exchange(socket, "back"), US_ASCII));
    }
    entrance.close();
    untilNobodyListens(entrance);
  }

  @Test
  public void listensNoMoreWhereItMayNoMore() throws Exception {
    LocalAddress.Port other = LocalAddress.Port.loopback(freePort());
    Entrance ends = entrance(new Forward.Remote(other, service().address()));
    Entrance stays =
        entrance(new Forward.Remote(LocalAddress.Port.loopback(0), service().address()));
    try (Socket open = World.connect(ends)) {
      open.getOutputStream().write('1');
      assertEquals('1', open.getInputStream().read());
      forbidden = Optional.of(new StreamRequest.Listen(other));
      world.deviceEnd.review();
      untilNobodyListens(ends);
      assertEquals("what is open goes on", "2", new String(exchange(open, "2"), US_ASCII));
    }
    try (Socket socket = World.connect(stays)) {
      assertEquals("stays", new String(exchange(socket, "stays"), US_ASCII));
    }
  }

  @Test
  public void theClientHasALimitOfConnectionsThatComeBack() throws Exception {
    world.client.apply(new Defaults(2, 1, 16, 120, 300, 30, 2));
    Entrance entrance =
        entrance(new Forward.Remote(LocalAddress.Port.loopback(0), service().address()));
    try (Socket one = World.connect(entrance)) {
      one.getOutputStream().write('1');
      assertEquals('1', one.getInputStream().read());
      try (Socket more = World.connect(entrance)) {
        assertTrue("it goes on", isRefused(more));
      }
    }
  }

  /** By a reset, or by an end if nothing had begun yet. */
  private static boolean isRefused(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  @Test
  public void listensNoMoreWhenItsSessionIsOver() throws Exception {
    Path path = folder.getRoot().toPath().resolve("back.sock");
    entrance(new Forward.Remote(new LocalAddress.UnixSocket(path), service().address()));
    Entrance port =
        entrance(new Forward.Remote(LocalAddress.Port.loopback(0), service().address()));
    end.close();
    World.get(world.deviceEnd.ended());
    untilNobodyListens(port);
    for (long end = System.nanoTime() + 60_000_000_000L; Files.exists(path); ) {
      assertTrue("the socket's file is still there", System.nanoTime() < end);
      Thread.onSpinWait();
    }
  }

  @Test
  public void aClientThatWasStartedAnewListensWhereItsLostSessionDid() throws Exception {
    Entrance first =
        entrance(new Forward.Remote(LocalAddress.Port.loopback(0), service().address()));
    Forward again = new Forward.Remote(first.address(), service().address());
    var lost = new CompletableFuture<String>();
    world.deviceEnd.onLink(
        new SessionEnd.LinkListener() {
          @Override
          public void lost(String why) {
            lost.complete(why);
          }

          @Override
          public void restored() {}
        });
    Entrance second = World.get(world.client.bind(again));
    var inUse = assertThrows(ExecutionException.class, () -> World.get(second.serve(end)));
    assertThat(inUse.getCause().getMessage(), containsString("in use"));
    world.relay.breakAll();
    World.get(lost);
    world.open(world.target());
    World.get(second.serve(world.clientEnd));
    try (Socket socket = World.connect(second)) {
      assertEquals("anew", new String(exchange(socket, "anew"), US_ASCII));
    }
    world.clientEnd.close();
  }

  /** The device hears of it a moment later; who comes in between is turned away. */
  private static void untilNobodyListens(Entrance entrance) throws IOException {
    for (long end = System.nanoTime() + 60_000_000_000L; ; ) {
      assertTrue("somebody listens still", System.nanoTime() < end);
      try (Socket socket = World.connect(entrance)) {
        readOrReset(socket);
      } catch (ConnectException nobody) {
        return;
      }
    }
  }

  @Test
  public void anUnreadableAnswerLeavesNothingOpenAtTheDevice() throws Exception {
    var closed = new CompletableFuture<Void>();
    SessionPlan clients = world.plan(world.relay.clientLeg(), world.clientCipher, 7);
    SessionPlan devices = world.plan(world.relay.deviceLeg(), world.deviceCipher, 7);
    var device =
        new ResumableSession(devices, (Np2Keys) devices.protection(), world.device) {
          @Override
          public void asked(MultiplexedStream stream, String words) {
            stream.closeFuture().addListener(gone -> closed.complete(null));
            stream.accept("somewhere or other");
          }
        };
    var begun = device.begin((Np2Keys) devices.protection());
    ClientEnd asking = World.get(world.client.openClientEnd(clients));
    World.get(begun);
    var listen = new StreamRequest.Listen(LocalAddress.Port.loopback(0));
    var failure =
        assertThrows(ExecutionException.class, () -> World.get(asking.listen(listen, s -> {})));
    assertThat(failure.getCause(), instanceOf(ProtocolViolation.class));
    World.get(closed);
    asking.close();
    device.close();
  }

  @Test
  public void refusesToListenByName() throws Exception {
    var asked = new LocalAddress.Port("127.0.0.1", 8080);
    forbidden = Optional.of(new StreamRequest.Listen(asked));
    assertThat(
        refusal(new Forward.Remote(asked, service().address())), containsString("Not for you"));
    world.device.apply(new Defaults(2, 1024, 1, 120, 300, 30, 2));
    entrance(new Forward.Remote(LocalAddress.Port.loopback(0), service().address()));
    assertThat(
        refusal(new Forward.Remote(LocalAddress.Port.loopback(0), service().address())),
        containsString("maxListensPerSession"));
    var anywhere = new StreamRequest.Listen(new LocalAddress.Port("0.0.0.0", 0));
    world.device.apply(new Defaults(2, 1024, 16, 120, 300, 30, 2));
    var failure =
        assertThrows(ExecutionException.class, () -> World.get(end.listen(anywhere, s -> {})));
    assertThat(failure.getCause().getMessage(), containsString("loopback"));
  }

  private String refusal(Forward forward) throws Exception {
    Entrance entrance = World.get(world.client.bind(forward));
    var failure = assertThrows(ExecutionException.class, () -> World.get(entrance.serve(end)));
    assertThat(failure.getCause(), instanceOf(SessionRefused.class));
    return failure.getCause().getMessage();
  }
}
