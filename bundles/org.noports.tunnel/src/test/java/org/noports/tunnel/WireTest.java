package org.noports.tunnel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.HostPort;
import org.noports.api.Secret;
import org.noports.api.cipher.KeyStream;
import org.noports.api.stream.ByteStream;
import org.noports.api.tunnel.DirectionKey;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.RelayLeg;
import org.noports.api.tunnel.SessionEnd;
import org.noports.api.tunnel.SessionKeys;
import org.noports.api.tunnel.SessionPlan;
import org.noports.api.tunnel.StreamGate;
import org.noports.protocol.relay.ControlMessage;
import org.noports.protocol.relay.ControlMessageReader;

/** What is on the wire, byte by byte: a plain socket plays the other end. */
public class WireTest {
  private static final byte[] KEY = new byte[32];
  private static final byte[] IV = new byte[16];

  static {
    for (int i = 0; i < 32; i++) {
      KEY[i] = (byte) i;
    }
    for (int i = 0; i < 16; i++) {
      IV[i] = (byte) (0xf0 + i);
    }
  }

  private World world;

  @Before
  public void build() throws IOException {
    world = new World();
  }

  @After
  public void tearDown() throws IOException {
    world.close();
  }

  /** Keys of docs/protocol/noports.md 12.4, for client to device; the other way another. */
  private static SessionKeys keys(Level level) {
    var there = new DirectionKey(Secret.copyOf(KEY), IV);
    var back = level == Level.L0 ? there : new DirectionKey(Secret.owning(new byte[32]), IV);
    return new SessionKeys(level, new JdkAes(), there, back);
  }

  private static Socket dial(HostPort address) throws IOException {
    Socket socket = new Socket(address.host(), address.port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private SessionPlan plan(Level level, boolean client, Optional<Duration> heartbeat) {
    var leg = client ? world.relay.clientLeg() : world.relay.deviceLeg();
    return new SessionPlan(world.id, leg, keys(level), Duration.ofSeconds(30), heartbeat);
  }

  private static byte[] transform(byte[] key, byte[] iv, byte[] bytes) throws Exception {
    try (KeyStream stream = new JdkAes().start(Secret.copyOf(key), iv)) {
      ByteBuffer out = ByteBuffer.allocate(bytes.length);
      stream.apply(ByteBuffer.wrap(bytes), out);
      return out.array();
    }
  }

  @Test
  public void theDeviceOpensTheMessagesOfTheProtocolAndUsesTheirKey() throws Exception {
    byte[] sealed =
        HexFormat.of()
            .parseHex(
                "f16fa3e346f5f4f11b38a316016326568b0e3e02b07b71832ff610630b26c3ccd83d64195549b0da"
                    + "39d46552d405b7cd08398610ecb1806b505abbbdbf223fedf5451c903a3d9dabb9cc78e4"
                    + "5a9c5df269ad940edf69e73242f3");
    legacyConnection(sealed);
  }

  @Test
  public void theDeviceUnderstandsClientsThatSendNoNewline() throws Exception {
    String message = "connect:" + base64(1, 32) + ":" + base64(2, 16);
    assertEquals(77, message.length());
    legacyConnection(transform(KEY, IV, message.getBytes(US_ASCII)));
  }

  private static String base64(int value, int length) {
    return Base64.getEncoder().encodeToString(bytes(value, length));
  }

  private static byte[] bytes(int value, int length) {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** Announces a connection under 32 times 1 and 16 times 2, and has a byte echoed through it. */
  private void legacyConnection(byte[] announcement) throws Exception {
    world.echo();
    var opening =
        world.device.openDeviceEnd(
            plan(Level.L0, false, Optional.empty()), world.target(), world.origin());
    try (Socket control = dial(world.relay.clientAddress())) {
      World.get(opening);
      try (Socket data = dial(world.relay.clientAddress())) {
        control.getOutputStream().write(announcement);
        byte[] clear = "old clients work".getBytes(US_ASCII);
        byte[] wire = transform(bytes(1, 32), bytes(2, 16), clear);
        data.getOutputStream().write(wire);
        assertArrayEquals(wire, data.getInputStream().readNBytes(wire.length));
      }
    }
  }

  @Test
  public void aSessionOfOneConnectionCarriesItUnderItsOwnKeysAndEndsWithIt() throws Exception {
    world.echo();
    var opening =
        world.device.openSingleDeviceEnd(
            plan(Level.L1, false, Optional.empty()),
            world.target(),
            StreamGate.only(world.target()),
            world.origin());
    try (Socket connection = dial(world.relay.clientAddress())) {
      SessionEnd end = World.get(opening);
      byte[] clear = "SSH-2.0-old client".getBytes(US_ASCII);
      connection.getOutputStream().write(transform(KEY, IV, clear));
      byte[] wire = connection.getInputStream().readNBytes(clear.length);
      assertArrayEquals(clear, transform(new byte[32], IV, wire));
      assertEquals(1, end.traffic().open());
      connection.close();
      World.get(end.ended());
    }
  }

  @Test
  public void theClientAnnouncesTwinKeysInOneMessageAndUsesThem() throws Exception {
    var opening = world.client.openClientEnd(plan(Level.L1, true, Optional.empty()));
    try (Socket control = dial(world.relay.deviceAddress())) {
      var connecting = World.get(opening).connect();
      byte[] opened = transform(KEY, IV, control.getInputStream().readNBytes(148));
      assertEquals("connect:", new String(opened, 0, 8, US_ASCII));
      assertEquals('\n', opened[147]);
      var twin = (ControlMessage.ConnectTwin) read(opened).get(0);
      ByteStream stream = World.get(connecting);
      try (Socket data = dial(world.relay.deviceAddress())) {
        World.get(stream.write(ByteBuffer.wrap("clear".getBytes(US_ASCII))));
        byte[] wire = data.getInputStream().readNBytes(5);
        byte[] key = twin.clientToDevice().key().exposeSecretBytes();
        assertEquals("clear", text(transform(key, twin.clientToDevice().iv(), wire)));
        byte[] back = twin.deviceToClient().key().exposeSecretBytes();
        data.getOutputStream()
            .write(transform(back, twin.deviceToClient().iv(), "answer".getBytes(US_ASCII)));
        ByteBuffer answer = ByteBuffer.allocate(16);
        assertEquals(6, (int) World.get(stream.read(answer)));
        assertEquals("answer", new String(answer.array(), 0, 6, US_ASCII));
      }
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, US_ASCII);
  }

  private static List<ControlMessage> read(byte[] bytes) throws Exception {
    try (var reader = new ControlMessageReader(false)) {
      return reader.read(ByteBuffer.wrap(bytes));
    }
  }

  @Test
  public void theClientBeatsWhenTheDeviceKnowsHeartbeats() throws Exception {
    var beat = Optional.of(Duration.ofMillis(50));
    var opening = world.client.openClientEnd(plan(Level.L1, true, beat));
    try (Socket control = dial(world.relay.deviceAddress())) {
      World.get(opening);
      byte[] wire = control.getInputStream().readNBytes(24);
      assertEquals("heartbeat:1\nheartbeat:2\n", text(transform(KEY, IV, wire)));
    }
  }

  @Test
  public void theClientIsSilentOtherwise() throws Exception {
    var opening = world.client.openClientEnd(plan(Level.L1, true, Optional.empty()));
    try (Socket control = dial(world.relay.deviceAddress())) {
      World.get(opening);
      control.setSoTimeout(300);
      assertThrows(SocketTimeoutException.class, () -> control.getInputStream().read());
    }
  }

  @Test
  public void theDeviceEndsASessionInWhichOneKeyIsToServeBothWays() throws Exception {
    var opening =
        world.device.openDeviceEnd(
            plan(Level.L1, false, Optional.empty()), world.target(), world.origin());
    try (Socket control = dial(world.relay.clientAddress())) {
      var end = World.get(opening);
      String message = "connect:" + base64(1, 32) + ":" + base64(2, 16) + "\n";
      control.getOutputStream().write(transform(KEY, IV, message.getBytes(US_ASCII)));
      assertThat(World.get(end.ended()), containsString("without a key for each direction"));
    }
  }

  @Test
  public void theDeviceEndsASessionWhoseMessagesAreNoMessages() throws Exception {
    var opening =
        world.device.openDeviceEnd(
            plan(Level.L1, false, Optional.empty()), world.target(), world.origin());
    try (Socket control = dial(world.relay.clientAddress())) {
      var end = World.get(opening);
      control.getOutputStream().write(transform(KEY, IV, "x".repeat(600).getBytes(US_ASCII)));
      assertThat(World.get(end.ended()), containsString("longer than 512 bytes"));
    }
  }

  @Test
  public void theDeviceEndsASessionWhoseClientAnnouncesWithoutEnd() throws Exception {
    world.device.apply(new Defaults(2, 4, 16, 120, 300, 30, 2));
    var end =
        World.get(
            world.device.openDeviceEnd(
                new SessionPlan(
                    world.id,
                    firstOnly(world.relay.deviceLeg()),
                    keys(Level.L0),
                    Duration.ofSeconds(30),
                    Optional.empty()),
                world.target(),
                world.origin()));
    try (Socket control = dial(world.relay.clientAddress())) {
      String message = "connect:" + base64(1, 32) + ":" + base64(2, 16) + "\n";
      control.getOutputStream().write(transform(KEY, IV, message.repeat(100).getBytes(US_ASCII)));
      assertThat(World.get(end.ended()), containsString("more connections than 4"));
    }
  }

  /** A relay that lets in the control channel, and is then too slow for anything. */
  private static RelayLeg firstOnly(RelayLeg leg) {
    var dialled = new AtomicBoolean();
    return () -> dialled.getAndSet(true) ? new CompletableFuture<>() : leg.dial();
  }
}
