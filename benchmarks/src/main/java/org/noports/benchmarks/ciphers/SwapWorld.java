package org.noports.benchmarks.ciphers;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.HostPort;
import org.noports.api.Secret;
import org.noports.api.SessionId;
import org.noports.api.Target;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.stream.StreamOrigin;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.SessionPlan;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.api.tunnel.SuiteChange;
import org.noports.api.tunnel.Suites;
import org.noports.benchmarks.data.StartedTunnels;
import org.noports.cipher.modern.Aes256Gcm;
import org.noports.cipher.modern.ChaCha20Poly1305;
import org.noports.cipher.modern.HkdfSha256;
import org.noports.cipher.modern.X25519;
import org.noports.cipher.pq.XWing;
import org.noports.tunnel.RelayedTunnels;

/**
 * One NP2 session through a relay that cannot read it, all in this JVM: its ciphers are the real
 * ones, its handshake's secrets are none.
 */
final class SwapWorld implements AutoCloseable, Suites {
  /** First byte of a connection: what follows is sent back. */
  static final int ECHO = 1;

  /** First byte of a connection: what follows is counted, and the count is the answer. */
  static final int COUNT = 2;

  static final List<Suite> SUITES =
      List.of(Suite.X25519_CHACHA20_POLY1305, Suite.X_WING_AES_256_GCM, Suite.X25519_AES_256_GCM);

  private static final Map<String, KeyAgreement> AGREEMENTS =
      Map.of(KeyAgreement.X25519, new X25519(), KeyAgreement.X_WING, new XWing());
  private static final Map<String, RecordCipher> CIPHERS =
      Map.of(
          RecordCipher.AES_256_GCM,
          new Aes256Gcm(),
          RecordCipher.CHACHA20_POLY1305,
          new ChaCha20Poly1305());
  private static final SessionId SESSION = SessionId.of("00000000-0000-4000-8000-000000000000");

  private final PairingRelay relay = new PairingRelay();
  private final RelayedTunnels client = StartedTunnels.start();
  private final RelayedTunnels device = StartedTunnels.start();
  private final ServerSocket service = new ServerSocket(0, 16, InetAddress.getByName("127.0.0.1"));
  private final AtomicLong swaps = new AtomicLong();
  private final AtomicInteger lastLink = new AtomicInteger();
  private ClientEnd end;
  private Entrance entrance;

  private SwapWorld() throws Exception {}

  static SwapWorld open() throws Exception {
    SwapWorld world = new SwapWorld();
    Thread thread = new Thread(world::serve, "service");
    thread.setDaemon(true);
    thread.start();
    world.begin();
    return world;
  }

  private void begin() {
    var target = new Target.Tcp(new HostPort("127.0.0.1", service.getLocalPort()));
    var address = new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1"));
    var origin = new StreamOrigin(AtSign.of("@client"), address, SESSION);
    var other = device.openDeviceEnd(plan(false), target, origin);
    end = client.openClientEnd(plan(true)).toCompletableFuture().join();
    other.toCompletableFuture().join();
    end.onSuite(this::changed);
    entrance = client.bind(LocalAddress.Port.loopback(0)).toCompletableFuture().join();
    entrance.serve(end);
  }

  private void changed(SuiteChange change) {
    swaps.incrementAndGet();
    lastLink.set(change.link());
  }

  private SessionPlan plan(boolean asClient) {
    Np2Keys keys =
        new Np2Keys(
            asClient,
            algorithms(SUITES.get(0)).orElseThrow(),
            this,
            new byte[32],
            key(1),
            key(2),
            key(3),
            key(4),
            key(5));
    return new SessionPlan(
        SESSION, relay.leg(asClient), keys, Duration.ofHours(1), Optional.empty());
  }

  private static Secret key(int number) {
    byte[] key = new byte[32];
    key[0] = (byte) number;
    return Secret.owning(key);
  }

  @Override
  public List<Suite> usable() {
    return SUITES;
  }

  @Override
  public Optional<SuiteAlgorithms> algorithms(Suite suite) {
    return Optional.of(
        new SuiteAlgorithms(
            suite,
            AGREEMENTS.get(suite.keyAgreement()),
            new HkdfSha256(),
            CIPHERS.get(suite.cipher())));
  }

  Socket connect() throws IOException {
    return new Socket("127.0.0.1", ((LocalAddress.Port) entrance.address()).port());
  }

  CompletableFuture<SuiteChange> rekey(Suite suite) {
    return end.rekey(Optional.of(suite)).toCompletableFuture();
  }

  /** Changes of keys so far. */
  long swaps() {
    return swaps.get();
  }

  /** How often the session had to be linked anew. */
  int lastLink() {
    return lastLink.get();
  }

  private void serve() {
    while (!service.isClosed()) {
      try {
        Socket socket = service.accept();
        Thread thread = new Thread(() -> answer(socket), "connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return; // Closed: it has been measured.
      }
    }
  }

  private static void answer(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      if (in.read() == ECHO) {
        in.transferTo(socket.getOutputStream());
      } else {
        byte[] block = new byte[1 << 16];
        long total = 0;
        for (int count = in.read(block); count >= 0; count = in.read(block)) {
          total += count;
        }
        new DataOutputStream(socket.getOutputStream()).writeLong(total);
      }
    } catch (IOException e) {
      // The connection's other side finds out by itself, and its row fails.
    }
  }

  @Override
  public void close() throws Exception {
    service.close();
    StartedTunnels.stop(client);
    StartedTunnels.stop(device);
    relay.close();
  }
}
