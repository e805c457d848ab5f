package org.noports.tunnel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.HostPort;
import org.noports.api.Secret;
import org.noports.api.SessionId;
import org.noports.api.Target;
import org.noports.api.stream.StreamOrigin;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.DirectionKey;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.RelayLeg;
import org.noports.api.tunnel.SessionEnd;
import org.noports.api.tunnel.SessionKeys;
import org.noports.api.tunnel.SessionPlan;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.Suites;
import org.noports.tunnel.link.JdkAlgorithms;

/** Both ends of a tunnel, a relay between them and a service behind: all on the loopback. */
final class World implements AutoCloseable {
  final BlindRelay relay = new BlindRelay();
  final JdkAes clientCipher = new JdkAes();
  final JdkAes deviceCipher = new JdkAes();
  final RelayedTunnels client = new RelayedTunnels();
  final RelayedTunnels device = new RelayedTunnels();
  final SessionId id = SessionId.random();
  final ServerSocket service;
  Level level = Level.L1;
  Optional<StreamGate> gate = Optional.empty();
  Optional<RelayLeg> way = Optional.empty();
  Optional<RelayLeg> deviceWay = Optional.empty();
  int handshake = 1;
  Suites clientSuites = JdkAlgorithms.BOTH;
  Suites deviceSuites = JdkAlgorithms.BOTH;
  Duration grace = Duration.ofSeconds(30);
  ClientEnd clientEnd;
  SessionEnd deviceEnd;

  World() throws IOException {
    service = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    client.activate(new Defaults());
    device.activate(new Defaults());
  }

  static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  Target target() {
    return new Target.Tcp(new HostPort("127.0.0.1", service.getLocalPort()));
  }

  private static DirectionKey key(int first) {
    byte[] key = new byte[32];
    key[0] = (byte) first;
    byte[] iv = new byte[16];
    iv[0] = (byte) first;
    return new DirectionKey(Secret.owning(key), iv);
  }

  /** What a handshake comes to; the same number makes the same secrets at both ends. */
  static Np2Keys np2(boolean client, int handshake) {
    return np2(client, handshake, JdkAlgorithms.BOTH);
  }

  /** The same with the suites of that end; the first of them is agreed on. */
  static Np2Keys np2(boolean client, int handshake, Suites suites) {
    return new Np2Keys(
        client,
        suites.algorithms(suites.usable().get(0)).orElseThrow(),
        suites,
        secret(handshake, 0).exposeSecretBytes(),
        secret(handshake, 1),
        secret(handshake, 2),
        secret(handshake, 3),
        secret(handshake, 4),
        secret(handshake, 5));
  }

  private static Secret secret(int handshake, int which) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) handshake;
    bytes[1] = (byte) which;
    return Secret.owning(bytes);
  }

  /** Both ends come back through the relay, with the keys of another handshake. */
  void relink(int handshake) throws Exception {
    var device = deviceEnd.relink(relay.deviceLeg(), np2(false, handshake, deviceSuites));
    var client = clientEnd.relink(relay.clientLeg(), np2(true, handshake, clientSuites));
    get(device);
    get(client);
  }

  SessionPlan plan(RelayLeg leg, JdkAes cipher, int keys) {
    if (level == Level.L2) {
      boolean client = cipher == clientCipher;
      Np2Keys np2 = np2(client, keys, client ? clientSuites : deviceSuites);
      return new SessionPlan(id, leg, np2, grace, Optional.empty());
    }
    DirectionKey there = key(keys);
    DirectionKey back = level == Level.L0 ? key(keys) : key(keys + 1);
    return new SessionPlan(
        id, leg, new SessionKeys(level, cipher, there, back), grace, Optional.empty());
  }

  StreamOrigin origin() {
    return new StreamOrigin(
        AtSign.of("@alice"), new DeviceAddress(AtSign.of("@dev"), DeviceName.of("one")), id);
  }

  void openDevice(Target target) throws Exception {
    var plan = plan(deviceWay.orElse(relay.deviceLeg()), deviceCipher, 1);
    deviceEnd =
        get(device.openDeviceEnd(plan, target, gate.orElse(StreamGate.only(target)), origin()));
  }

  void openClient(int keys) throws Exception {
    clientEnd = get(client.openClientEnd(plan(way.orElse(relay.clientLeg()), clientCipher, keys)));
  }

  void open(Target target) throws Exception {
    if (level == Level.L2) {
      // Each end waits for the other's proof.
      var plan = plan(deviceWay.orElse(relay.deviceLeg()), deviceCipher, handshake);
      var opening =
          device.openDeviceEnd(plan, target, gate.orElse(StreamGate.only(target)), origin());
      openClient(handshake);
      deviceEnd = get(opening);
      return;
    }
    openDevice(target);
    openClient(1);
  }

  Entrance entrance() throws Exception {
    Entrance entrance = get(client.bind(LocalAddress.Port.loopback(0)));
    entrance.serve(clientEnd);
    return entrance;
  }

  static Socket connect(Entrance entrance) throws IOException {
    var port = (LocalAddress.Port) entrance.address();
    Socket socket = new Socket(port.host(), port.port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  /** Serves each connection with its bytes given back, until the service socket is closed. */
  void echo() {
    daemon(
        () -> {
          while (!service.isClosed()) {
            Socket accepted = service.accept();
            daemon(() -> echo(accepted));
          }
        });
  }

  private static void echo(Socket socket) throws IOException {
    try (socket) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      byte[] buffer = new byte[65536];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
      }
      socket.shutdownOutput();
    }
  }

  /** Work that may fail because the test is over. */
  interface Work {
    void run() throws IOException;
  }

  static Thread daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The other side is gone: what the test expects is asserted at that side.
                Thread.currentThread().interrupt();
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() throws IOException {
    service.close();
    client.deactivate();
    device.deactivate();
    relay.close();
  }
}
