package org.noports.relay.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.noports.api.AtSign;
import org.noports.api.DeviceName;
import org.noports.api.SessionId;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.audit.AuditEvent;
import org.noports.protocol.relay.RelayLine;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.protocol.session.RelayReply;
import org.noports.protocol.session.RelayRequest;
import org.noports.testkit.fakes.FakeAtServerSession;
import org.noports.testkit.fakes.FakeAtServers;
import org.noports.testkit.fakes.JdkCiphers;
import org.noports.testkit.fakes.RealKeys;

/**
 * A relay that runs on loopback, with its atServer, the ciphers and the time in the test's hand.
 */
final class RelayRig implements AutoCloseable {
  static final AtSign RELAY = AtSign.of("@relay");
  static final RealKeys CLIENT = RealKeys.of(AtSign.of("@client"));
  static final RealKeys DEVICE = RealKeys.of(AtSign.of("@device"));
  static final DeviceName DEV1 = DeviceName.of("dev1");
  static final String CLIENT_NONCE = "2025-11-20T10:15:30.123456";
  static final Duration WINDOW = Duration.ofMillis(500);
  static final Duration AUTHENTICATION = Duration.ofSeconds(5);
  static final Duration RENDEZVOUS = Duration.ofSeconds(30);
  private static final int PATIENCE_SECONDS = 60;

  final ManualTimer timer = new ManualTimer();
  final FakeAtServers world = new FakeAtServers();
  final JdkCiphers ciphers = new JdkCiphers();
  final BlockingQueue<AuditEvent> audited = new LinkedBlockingQueue<>();
  final TcpRelay relay;

  /** Starts a relay with these settings beside atSign and addresses. */
  RelayRig(Object... settings) throws Exception {
    this(new SecureRandom(), settings);
  }

  RelayRig(SecureRandom random, Object... settings) throws Exception {
    relay = new TcpRelay(timer, random);
    world.publish(CLIENT);
    world.publish(DEVICE);
    relay.bindAtServers(world);
    relay.bindCatalogue(ciphers);
    relay.bindAudit(audited::add);
    relay.activate(config(settings));
    atServer().awaitSubscriber();
  }

  static RelayConfig config(Object... settings) {
    List<Object> all =
        new java.util.ArrayList<>(
            List.of("atSign", "@relay", "address", "127.0.0.1", "bindAddress", "127.0.0.1"));
    all.addAll(List.of(settings));
    return Configured.with(all.toArray());
  }

  FakeAtServerSession atServer() {
    return world.of(RELAY);
  }

  /** A request by the client for the device, with signed lines only. */
  static RelayRequest request(SessionId session) {
    return request(session, RelayAuthMode.PAYLOAD, Optional.empty());
  }

  static RelayRequest request(SessionId session, RelayAuthMode mode, Optional<byte[]> key) {
    return new RelayRequest(
        session,
        CLIENT.atSign(),
        DEVICE.atSign(),
        true,
        true,
        CLIENT_NONCE,
        mode,
        key.map(RelayPeer::base64),
        false,
        true,
        List.of(),
        true);
  }

  /** Says something to the relay, as the client. */
  void tell(String name, String value) {
    atServer().deliver(CLIENT.atSign(), name, value);
  }

  /** Sends a request and takes what the relay says to it. */
  OutgoingNotification ask(RelayRequest request) throws InterruptedException {
    tell(MessageNames.relayRequest(DEV1), request.toText());
    return atServer().takeSent();
  }

  /** A request that is granted. */
  RelayReply granted(RelayRequest request) throws Exception {
    return RelayReply.parse(ask(request).value());
  }

  /** The signed line of {@code signer} for a session. */
  static String line(SessionId session, RelayReply reply, RealKeys signer) {
    return new RelayLine(session, CLIENT_NONCE, reply.rvdNonce()).sign(signer::signAsEncryption)
        + "\n";
  }

  /** A socket at the client's port that shows its signed line. */
  static RelayPeer client(SessionId session, RelayReply reply) throws Exception {
    return new RelayPeer(reply.clientPort()).say(line(session, reply, CLIENT));
  }

  /** A socket at the device's port that shows its signed line. */
  static RelayPeer device(SessionId session, RelayReply reply) throws Exception {
    return new RelayPeer(reply.devicePort()).say(line(session, reply, DEVICE));
  }

  /** The next thing that was audited. */
  AuditEvent audited() throws InterruptedException {
    AuditEvent event = audited.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("Nothing was audited");
    }
    return event;
  }

  /** Binds a port as another program would; fails if the relay still holds it. */
  static void requireFree(int port) throws Exception {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
  }

  @Override
  public void close() {
    relay.deactivate();
  }
}
