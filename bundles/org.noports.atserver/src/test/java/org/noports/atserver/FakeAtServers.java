package org.noports.atserver;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.noports.api.HostPort;
import org.noports.atserver.FakeStore.Told;
import org.noports.testkit.fakes.RealKeys;
import org.noports.testkit.tls.TestIdentity;

/** The atServers of all atSigns of a test on one TLS port of the loopback address. */
final class FakeAtServers implements AutoCloseable {
  final FakeStore store = new FakeStore();
  final Map<String, String> authenticationKeys = new ConcurrentHashMap<>();
  final Map<String, String> refusals = new ConcurrentHashMap<>();
  final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  volatile int chunk = Integer.MAX_VALUE / 2;
  volatile boolean deaf;
  volatile boolean mute;
  volatile Function<String, Optional<String>> script = line -> Optional.empty();
  private final List<FakeConnection> connections = new CopyOnWriteArrayList<>();

  /** How long ago what is told now was told; not so for what tests whether we hear. */
  volatile long lateMillis;

  private final AtomicLong clock = new AtomicLong();
  private final ServerSocket listener;
  private volatile SSLContext tls;

  FakeAtServers() throws IOException, GeneralSecurityException {
    tls = tls();
    listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    start(this::accept);
  }

  HostPort address() {
    return new HostPort("localhost", listener.getLocalPort());
  }

  void add(RealKeys identity) {
    String atSign = identity.atSign().name();
    authenticationKeys.put(atSign, identity.authenticationPublicKey());
    publish(identity);
  }

  void publish(RealKeys identity) {
    store.values.put(
        "public:publickey" + identity.atSign(),
        new FakeStore.Stored(identity.encryptionPublicKey(), Map.of()));
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = secured(listener.accept());
        FakeConnection connection = new FakeConnection(this, socket);
        connections.add(connection);
        start(connection);
      } catch (IOException e) {
        // The listener was closed: the loop ends.
        continue;
      }
    }
  }

  /** From now on callers are shown this certificate. */
  void show(TestIdentity identity) throws Exception {
    try (InputStream chain = Files.newInputStream(identity.chain());
        InputStream key = Files.newInputStream(identity.key())) {
      tls = tls(chain, key);
    }
  }

  private Socket secured(Socket plain) throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
    socket.setUseClientMode(false);
    return socket;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "fake-atserver");
    thread.setDaemon(true);
    thread.start();
  }

  synchronized void pushAll(FakeConnection monitor, long since) {
    store.told.stream()
        .filter(each -> each.to().equals(monitor.self) && each.at() > since)
        .forEach(each -> push(monitor, each.line()));
    monitor.monitor = true;
  }

  synchronized void tell(
      String id, String from, String to, String key, String value, Map<String, String> metadata) {
    long at = key.contains("noports-selftest") ? now() : now() - lateMillis;
    Told told = new Told(id, from, to, key, value, at, metadata);
    store.told.add(told);
    if (!mute) {
      say(to, told.line());
    }
  }

  /** Each moment is later than the one before. */
  private long now() {
    long millis = System.currentTimeMillis();
    return clock.updateAndGet(last -> Math.max(last + 1, millis));
  }

  /** Sends a raw text to the monitors of an atSign. */
  synchronized void say(String to, String raw) {
    monitors(to).forEach(each -> push(each, raw));
  }

  private List<FakeConnection> monitors(String of) {
    return connections.stream().filter(each -> each.monitor && each.self.equals(of)).toList();
  }

  private void push(FakeConnection monitor, String raw) {
    try {
      monitor.write(raw);
    } catch (IOException e) {
      connections.remove(monitor);
    }
  }

  void dropAll() {
    connections.forEach(FakeConnection::drop);
    connections.clear();
  }

  /** Waits until a command that contains {@code part} arrives, and returns it. */
  String await(String part) throws InterruptedException {
    String line;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    do {
      line = heard.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) {
        throw new AssertionError("No command with '" + part + "' within 60 s");
      }
    } while (!line.contains(part));
    return line;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    dropAll();
  }

  private static SSLContext tls() throws IOException, GeneralSecurityException {
    try (InputStream chain = FakeAtServers.class.getResourceAsStream("/tls/localhost.pem");
        InputStream key = FakeAtServers.class.getResourceAsStream("/tls/localhost.key")) {
      return tls(chain, key);
    }
  }

  private static SSLContext tls(InputStream chain, InputStream key)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(chain);
    String pem = new String(key.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    PrivateKey secret = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    keys.setKeyEntry("key", secret, new char[0], new Certificate[] {certificate});
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
