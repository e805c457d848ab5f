package org.noports.relay.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.HostPort;
import org.noports.api.RelayUnavailable;
import org.noports.api.Secret;
import org.noports.api.SessionId;
import org.noports.api.health.Health;
import org.noports.api.network.OutgoingProxy;
import org.noports.api.network.Route;
import org.noports.api.relay.RelayCredential;
import org.noports.api.relay.RelaySide;
import org.noports.api.relay.RelayTransport;
import org.noports.api.stream.ByteStream;
import org.noports.protocol.relay.SigningKeyUri;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.protocol.session.RelayReply;
import org.noports.relay.client.StartedDialer;
import org.noports.testkit.Eventually;
import org.noports.testkit.Stages;
import org.noports.testkit.fakes.FakeIdentities;
import org.noports.testkit.fakes.RealKeys;
import org.noports.testkit.tls.TestCa;
import org.noports.testkit.tls.TestIdentity;

/** Sides that come to the relay by WebSocket over TLS (RFC 6455), through a proxy or without. */
public class WebSocketPortTest {
  private static final byte[] KEY = new byte[32];
  private static final OutgoingProxy DIRECT = target -> Route.DIRECT;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final SessionId session = SessionId.random();
  private final ArrayList<AutoCloseable> opened = new ArrayList<>();
  private TestCa ca;
  private int port;
  private RelayRig rig;

  @Before
  public void startWithAWebSocketPort() throws Exception {
    ca = new TestCa(folder.getRoot().toPath(), "relay test CA");
    TestIdentity identity = ca.issue("relay", "localhost");
    port = FreePorts.inARow(1);
    rig =
        new RelayRig(
            "webSocketPort", port,
            "certificate", identity.chain().toString(),
            "key", identity.key().toString());
    opened.add(rig);
    Eventually.holds(() -> canConnect());
  }

  @After
  public void stop() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  private boolean canConnect() {
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private RelayTransport wss(OutgoingProxy wayOut) {
    var dialer = StartedDialer.wss(rig.ciphers, wayOut, port, ca.certificateFile());
    opened.add(dialer);
    return dialer.transport();
  }

  private RelayTransport tcp() {
    var dialer = StartedDialer.tcp(rig.ciphers);
    opened.add(dialer);
    return dialer.transport();
  }

  private RelayReply granted() throws Exception {
    return rig.granted(RelayRig.request(session, RelayAuthMode.ESCR, Optional.of(KEY)));
  }

  private RelayCredential answer(RelaySide side, RealKeys signer) {
    return new RelayCredential.ChallengeResponse(
        session,
        side,
        Secret.copyOf(KEY),
        signer,
        SigningKeyUri.of(signer.enrollmentId(), signer.atSign()).toString());
  }

  @Test
  public void aDeviceThatAsksIsToldWhereItsClientIsWithinAWebSocketToo() throws Exception {
    rig.relay.bindIdentities(new FakeIdentities().with(RealKeys.of(RelayRig.RELAY)));
    TellSightingTest.Curious curious = new TellSightingTest.Curious();
    curious.content.complete(null);
    RelayReply reply = granted();
    RealKeys signer = RelayRig.DEVICE;
    RelayCredential asking =
        new RelayCredential.ChallengeResponse(
            session,
            RelaySide.DEVICE,
            Secret.copyOf(KEY),
            signer,
            SigningKeyUri.of(signer.enrollmentId(), signer.atSign()).toString(),
            Optional.of(curious));
    CompletionStage<ByteStream> device =
        wss(target -> Route.DIRECT).dial(new HostPort("localhost", reply.devicePort()), asking);
    CompletionStage<ByteStream> client = client(tcp(), reply.clientPort());
    requireJoined(Stages.value(client), Stages.value(device));
    assertThat(curious.word(), containsString("\"address\":\"127.0.0.1\""));
  }

  private CompletionStage<ByteStream> client(RelayTransport by, int handedOut) {
    return by.dial(new HostPort("localhost", handedOut), answer(RelaySide.CLIENT, RelayRig.CLIENT));
  }

  private CompletionStage<ByteStream> device(RelayTransport by, int handedOut) {
    return by.dial(new HostPort("localhost", handedOut), answer(RelaySide.DEVICE, RelayRig.DEVICE));
  }

  private static byte[] read(ByteStream from, int length) {
    ByteBuffer read = ByteBuffer.allocate(length);
    while (read.hasRemaining()) {
      assertThat("it ended after " + read.position(), Stages.value(from.read(read)) > 0, is(true));
    }
    return read.array();
  }

  private static void requireCarried(ByteStream from, ByteStream to, String text) {
    Stages.value(from.write(ByteBuffer.wrap(text.getBytes(ISO_8859_1))));
    assertEquals(text, new String(read(to, text.length()), ISO_8859_1));
  }

  /** With half-close both times: what ends in one direction goes on in the other. */
  private static void requireJoined(ByteStream client, ByteStream device) {
    requireCarried(client, device, "asked");
    requireCarried(device, client, "answered");
    Stages.value(client.endOutput());
    assertThat(Stages.value(device.read(ByteBuffer.allocate(1))), is(-1));
    requireCarried(device, client, "and more");
    Stages.value(device.endOutput());
    assertThat(Stages.value(client.read(ByteBuffer.allocate(1))), is(-1));
    client.close();
    device.close();
  }

  @Test
  public void theWayToItIsMeasuredWithoutHoldingAPlace() {
    RelayTransport by = wss(DIRECT);
    for (int i = 0; i < 3; i++) {
      long began = System.nanoTime();
      long time = Stages.value(by.roundTrip(new HostPort("localhost", 1))).toNanos();
      assertThat(3 * time <= System.nanoTime() - began, is(true));
    }
  }

  @Test
  public void bothSidesMeetThroughAProxyThatKnowsNoHalfClose() throws Exception {
    RelayReply reply = granted();
    try (ConnectProxy proxy = new ConnectProxy()) {
      var client = client(wss(proxy.way()), reply.clientPort());
      var device = device(wss(proxy.way()), reply.devicePort());
      requireJoined(Stages.value(client), Stages.value(device));
      assertThat(proxy.asked, hasSize(2));
      assertThat(proxy.asked, everyItem(is("localhost:" + port)));
    }
  }

  @Test
  public void aSideByWebSocketMeetsOneByTcpWhicheverItIs() throws Exception {
    RelayReply reply = granted();
    RelayTransport wss = wss(DIRECT);
    RelayTransport tcp = tcp();
    // No more waits than the first pair: the order of arrival says who belongs together.
    ByteStream client = Stages.value(client(wss, reply.clientPort()));
    requireJoined(client, Stages.value(tcpDevice(tcp, reply)));
    ByteStream second = Stages.value(device(wss, reply.devicePort()));
    requireJoined(Stages.value(tcpClient(tcp, reply)), second);
  }

  private CompletionStage<ByteStream> tcpDevice(RelayTransport tcp, RelayReply reply) {
    return tcp.dial(
        new HostPort("127.0.0.1", reply.devicePort()), answer(RelaySide.DEVICE, RelayRig.DEVICE));
  }

  private CompletionStage<ByteStream> tcpClient(RelayTransport tcp, RelayReply reply) {
    return tcp.dial(
        new HostPort("127.0.0.1", reply.clientPort()), answer(RelaySide.CLIENT, RelayRig.CLIENT));
  }

  @Test
  public void muchArrivesAsItWasSentThoughItsReaderComesLate() throws Exception {
    RelayReply reply = granted();
    RelayTransport wss = wss(DIRECT);
    ByteStream client = Stages.value(client(wss, reply.clientPort()));
    ByteStream device = Stages.value(device(wss, reply.devicePort()));
    byte[] sent = new byte[(16 << 20) + 7];
    Random random = new Random(7);
    random.nextBytes(sent);
    CompletionStage<Void> written = client.write(ByteBuffer.wrap(sent));
    requireCarried(device, client, "not held up by the other direction");
    assertArrayEquals(sent, read(device, sent.length));
    Stages.value(written);
    for (int length : new int[] {1, 125, 126, 65_535, 65_536}) {
      Stages.value(client.write(ByteBuffer.wrap(sent, 0, length)));
      assertArrayEquals(Arrays.copyOf(sent, length), read(device, length));
    }
  }

  @Test
  public void whoIsNotTheSideItSaysIsToldNo() throws Exception {
    RelayReply reply = granted();
    RelayUnavailable failure =
        Stages.failure(
            RelayUnavailable.class,
            wss(DIRECT)
                .dial(
                    new HostPort("localhost", reply.clientPort()),
                    answer(RelaySide.CLIENT, RelayRig.DEVICE)));
    assertThat(failure.getMessage(), containsString("Socket auth failed"));
  }

  @Test
  public void aRelayThatIsNotTheOneDialledIsNotTalkedTo() throws Exception {
    RelayReply reply = granted();
    RelayUnavailable otherName =
        Stages.failure(
            RelayUnavailable.class,
            wss(DIRECT)
                .dial(
                    new HostPort("127.0.0.1", reply.clientPort()),
                    answer(RelaySide.CLIENT, RelayRig.CLIENT)));
    assertThat(otherName.getMessage(), containsString("127.0.0.1"));
    TestCa stranger = new TestCa(folder.newFolder().toPath(), "somebody else");
    try (var dialer = StartedDialer.wss(rig.ciphers, DIRECT, port, stranger.certificateFile())) {
      Stages.failure(RelayUnavailable.class, client(dialer.transport(), reply.clientPort()));
    }
    requireJoined(
        Stages.value(client(wss(DIRECT), reply.clientPort())),
        Stages.value(device(wss(DIRECT), reply.devicePort())));
  }

  @Test
  public void aSignedLineIsNotShownThere() {
    RelayUnavailable failure =
        Stages.failure(
            RelayUnavailable.class,
            wss(DIRECT).dial(new HostPort("localhost", 1), new RelayCredential.SignedLine("{}")));
    assertThat(failure.getMessage(), containsString("set relayTransport = tcp"));
  }

  @Test
  public void whoDoesNotSpeakTlsIsHungUpOn() throws Exception {
    try (Socket browser = new Socket(InetAddress.getLoopbackAddress(), port)) {
      browser.setSoTimeout(60_000);
      browser.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1));
      InputStream in = browser.getInputStream();
      while (in.read() >= 0) {
        // TLS's alert, then the end.
      }
    }
  }

  @Test
  public void aCertificateThatCannotBeReadIsToldAndSessionsOfTcpGoOn() throws Exception {
    rig.relay.apply(
        RelayRig.config("webSocketPort", port, "certificate", "absent.pem", "key", "absent.key"));
    assertEquals(Health.Status.DEGRADED, rig.relay.check().status());
    assertThat(rig.relay.check().message(), containsString("absent"));
    RelayReply reply = granted();
    requireJoined(
        Stages.value(client(wss(DIRECT), reply.clientPort())),
        Stages.value(device(wss(DIRECT), reply.devicePort())));
  }
}
