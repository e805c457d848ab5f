package org.noports.ssh;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamRequest;
import org.noports.testkit.Eventually;

/** What SSH opens beyond its own channels passes the session's gate, or is not opened. */
public class ForwardsTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private final List<StreamRequest> asked = new CopyOnWriteArrayList<>();
  private BuiltInSshServer server;
  private OverStreams client;

  @Before
  public void start() {
    server = server(Map.of());
    client = new OverStreams(AcceptAllForwardingFilter.INSTANCE);
  }

  @After
  public void stop() {
    client.close();
    server.stop();
  }

  @Test
  public void aLocalForwardReachesWhatTheGateAdmits() throws Exception {
    try (ServerSocket service = new ServerSocket(0, 1, LOOPBACK);
        ClientSession session = client.connect(server, gate(true))) {
      serveOnce(service, "from the device");
      var entrance =
          session.startLocalPortForwarding(
              new SshdSocketAddress("localhost", 0),
              new SshdSocketAddress("127.0.0.1", service.getLocalPort()));
      assertThat(readAll(entrance.getPort()), equalTo("from the device"));
      assertThat(
          asked.stream().map(StreamRequest::toString).toList(),
          contains("connect 127.0.0.1:" + service.getLocalPort()));
    }
  }

  @Test
  public void aLocalForwardGoesToTheAddressThatWasDecidedOnAndNotToWhatItsNameMeansByThen()
      throws Exception {
    try (ServerSocket service = new ServerSocket(0, 1, LOOPBACK);
        ClientSession session = client.connect(server, decidesOn(LOOPBACK))) {
      serveOnce(service, "from what was decided on");
      var entrance =
          session.startLocalPortForwarding(
              new SshdSocketAddress("localhost", 0),
              new SshdSocketAddress("nobody-knows.invalid", service.getLocalPort()));
      assertThat(readAll(entrance.getPort()), equalTo("from what was decided on"));
      assertThat(
          asked.stream().map(StreamRequest::toString).toList(),
          contains("connect nobody-knows.invalid:" + service.getLocalPort()));
    }
  }

  /** Nobody listens at the first one, whether this machine has such addresses or not. */
  @Test
  public void aLocalForwardTriesEachAddressThatWasDecidedOnInTurn() throws Exception {
    InetAddress other = InetAddress.getByName("::1");
    try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        ClientSession session =
            client.connect(server, decidesOn(other, other, service.getInetAddress()))) {
      serveOnce(service, "from the third");
      var entrance =
          session.startLocalPortForwarding(
              new SshdSocketAddress("localhost", 0),
              new SshdSocketAddress("nobody-knows.invalid", service.getLocalPort()));
      assertThat(readAll(entrance.getPort()), equalTo("from the third"));
    }
    try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        ClientSession session = client.connect(server, decidesOn(other, other))) {
      CompletableFuture<Void> served = serveOnce(service, "never");
      var entrance =
          session.startLocalPortForwarding(
              new SshdSocketAddress("localhost", 0),
              new SshdSocketAddress("127.0.0.1", service.getLocalPort()));
      assertThat("none was reached", readAll(entrance.getPort()), equalTo(""));
      assertThat(served.isDone(), equalTo(false));
    }
  }

  @Test
  public void aLocalForwardThatTheGateRefusesReachesNothing() throws Exception {
    try (ServerSocket service = new ServerSocket(0, 1, LOOPBACK);
        ClientSession session = client.connect(server, gate(false))) {
      CompletableFuture<Void> served = serveOnce(service, "never");
      var entrance =
          session.startLocalPortForwarding(
              new SshdSocketAddress("localhost", 0),
              new SshdSocketAddress("127.0.0.1", service.getLocalPort()));
      assertThat(readAll(entrance.getPort()), equalTo(""));
      assertThat(asked.size(), equalTo(1));
      assertThat(served.isDone(), equalTo(false));
    }
  }

  @Test
  public void aLocalForwardEndsWhenTheGateTakesItBack() throws Exception {
    Judge judge = new Judge(List.of(LOOPBACK));
    try (ServerSocket service = new ServerSocket(0, 1, LOOPBACK);
        ClientSession session = client.connect(server, judge)) {
      var entrance =
          session.startLocalPortForwarding(
              new SshdSocketAddress("localhost", 0),
              new SshdSocketAddress("127.0.0.1", service.getLocalPort()));
      try (Socket visitor = new Socket(LOOPBACK, entrance.getPort());
          Socket served = service.accept()) {
        judge.withdraw();
        assertThat(served.getInputStream().read(), equalTo(-1));
        assertThat(visitor.isConnected(), equalTo(true));
      }
    }
  }

  @Test
  public void aRemoteForwardEndsWhenTheGateTakesItBack() throws Exception {
    Judge judge = new Judge(List.of());
    try (ClientSession session = client.connect(server, judge)) {
      var bound =
          session.startRemotePortForwarding(
              new SshdSocketAddress("localhost", 0), new SshdSocketAddress("127.0.0.1", 9));
      new Socket(LOOPBACK, bound.getPort()).close();
      judge.withdraw();
      Eventually.holds(() -> !listens(bound.getPort()));
    }
  }

  private static boolean listens(int port) throws IOException {
    try (Socket socket = new Socket(LOOPBACK, port)) {
      return true;
    } catch (ConnectException e) {
      return false;
    }
  }

  /** A gate whose yes can be taken back. */
  private static final class Judge implements StreamGate {
    private final List<InetAddress> addresses;
    private volatile int reviews;

    Judge(List<InetAddress> addresses) {
      this.addresses = addresses;
    }

    void withdraw() {
      reviews = 1;
    }

    @Override
    public int reviews() {
      return reviews;
    }

    @Override
    public CompletionStage<Answer> admit(StreamRequest request) {
      return CompletableFuture.completedFuture(new Admitted("test", addresses));
    }

    @Override
    public CompletionStage<Answer> again(StreamRequest request, List<InetAddress> decided) {
      return CompletableFuture.completedFuture(
          reviews == 0 ? new Admitted("test", decided) : new Refused("withdrawn"));
    }
  }

  @Test
  public void aRemoteForwardListensOnTheLoopbackWhereTheGateAdmitsIt() throws Exception {
    try (ServerSocket service = new ServerSocket(0, 1, LOOPBACK);
        ClientSession session = client.connect(server, gate(true))) {
      serveOnce(service, "from the client");
      var bound =
          session.startRemotePortForwarding(
              new SshdSocketAddress("localhost", 0),
              new SshdSocketAddress("127.0.0.1", service.getLocalPort()));
      assertThat(readAll(bound.getPort()), equalTo("from the client"));
    }
  }

  @Test
  public void aRemoteForwardOnAllAddressesIsRefusedBeforeTheGateIsAsked() throws Exception {
    try (ClientSession session = client.connect(server, gate(true))) {
      assertThrows(IOException.class, () -> listen(session, "0.0.0.0"));
      assertThat(asked, equalTo(List.of()));
    }
  }

  @Test
  public void aRemoteForwardThatTheGateRefusesListensNowhere() throws Exception {
    try (ClientSession session = client.connect(server, gate(false))) {
      assertThrows(IOException.class, () -> listen(session, "localhost"));
    }
  }

  @Test
  public void theClientsAgentIsReachedThroughASocketOfTheAccountWhereItIsAllowed()
      throws Exception {
    server.stop();
    server = server(Map.of("agent", true));
    String socket =
        agentSocketSeenBy("test -S $SSH_AUTH_SOCK && stat -c %a $(dirname $SSH_AUTH_SOCK)");
    assertThat(socket, equalTo("700\n"));
  }

  @Test
  public void theClientsAgentIsNotReachedUnlessItIsAllowed() throws Exception {
    assertThat(agentSocketSeenBy("echo $SSH_AUTH_SOCK"), equalTo("\n"));
  }

  private String agentSocketSeenBy(String command) throws Exception {
    Screen shown = new Screen();
    try (ClientSession session = client.connect(server, gate(true));
        ChannelExec channel = session.createExecChannel(command)) {
      channel.setAgentForwarding(true);
      channel.setOut(shown);
      channel.open().verify(OverStreams.LIMIT);
      channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), OverStreams.LIMIT);
    }
    return shown.text();
  }

  private static void listen(ClientSession session, String host) throws IOException {
    session.startRemotePortForwarding(
        new SshdSocketAddress(host, 0), new SshdSocketAddress("127.0.0.1", 9));
  }

  private StreamGate decidesOn(InetAddress... addresses) {
    return request -> {
      asked.add(request);
      return CompletableFuture.completedFuture(new StreamGate.Admitted("test", List.of(addresses)));
    };
  }

  private StreamGate gate(boolean open) {
    return request -> {
      asked.add(request);
      return CompletableFuture.completedFuture(
          open ? new StreamGate.Admitted("test") : new StreamGate.Refused("not here"));
    };
  }

  private BuiltInSshServer server(Map<String, Object> more) {
    BuiltInSshServer made = new BuiltInSshServer();
    var all = new HashMap<String, Object>(more);
    all.put("hostKey", folder.getRoot().toPath().resolve("host-key").toString());
    made.configure(TestConfiguration.of(all));
    return made;
  }

  private static CompletableFuture<Void> serveOnce(ServerSocket service, String text) {
    return CompletableFuture.runAsync(
        () -> {
          try (Socket one = service.accept()) {
            one.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static String readAll(int port) throws IOException {
    try (Socket socket = new Socket(LOOPBACK, port)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (SocketException e) {
      return "";
    }
  }
}
