package org.noports.benchmarks.control;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.Shell;
import org.noports.testkit.tls.TestIdentity;

/** Starts the peers as Debian ships them, each with the same certificate. */
final class Peers implements AutoCloseable {
  private static final Duration PEER = Duration.ofSeconds(20);
  private static final Duration OURS = Duration.ofSeconds(60);

  private final Path folder;
  private final TestIdentity identity;
  private final List<Running> running = new ArrayList<>();

  Peers(Path folder, TestIdentity identity) {
    this.folder = folder;
    this.identity = identity;
  }

  /** The process that was started last. */
  long pid() {
    return running.get(running.size() - 1).pid();
  }

  int mosquitto() throws IOException {
    int port = Shell.freePort();
    Path file = folder.resolve("mosquitto.conf");
    Files.write(
        file,
        List.of(
            // Without this it becomes another user, who cannot read the key.
            "user root",
            "listener " + port + " 127.0.0.1",
            "certfile " + identity.chain(),
            "keyfile " + identity.key(),
            "allow_anonymous true",
            "persistence false",
            "set_tcp_nodelay true",
            "max_queued_messages 0",
            "log_type error"));
    return start(port, "mosquitto", "-c", file.toString());
  }

  int nats() throws IOException {
    int port = Shell.freePort();
    return start(
        port,
        "nats-server",
        "-a",
        "127.0.0.1",
        "-p",
        "" + port,
        "--tls",
        "--tlscert",
        identity.chain().toString(),
        "--tlskey",
        identity.key().toString());
  }

  int redis() throws IOException {
    int port = Shell.freePort();
    return start(
        port,
        "redis-server",
        "--port",
        "0",
        "--tls-port",
        "" + port,
        "--tls-cert-file",
        identity.chain().toString(),
        "--tls-key-file",
        identity.key().toString(),
        "--tls-ca-cert-file",
        identity.chain().toString(),
        "--tls-auth-clients",
        "no",
        "--appendonly",
        "yes",
        "--appendfsync",
        "always",
        "--save",
        "",
        "--dir",
        folder.toString());
  }

  Dnsperf unbound(int names) throws IOException {
    int port = Shell.freePort();
    Path file = folder.resolve("unbound.conf");
    List<String> lines =
        new ArrayList<>(
            List.of(
                "server:",
                "interface: 127.0.0.1@" + port,
                "tls-port: " + port,
                "tls-service-pem: \"" + identity.chain() + "\"",
                "tls-service-key: \"" + identity.key() + "\"",
                "username: \"\"",
                "chroot: \"\"",
                "directory: \"" + folder + "\"",
                "pidfile: \"\"",
                "use-syslog: no",
                "do-daemonize: no",
                "incoming-num-tcp: 100",
                "local-zone: \"" + Dnsperf.ZONE + ".\" static"));
    for (int i = 0; i < names; i++) {
      lines.add(
          "local-data: 'name" + i + "." + Dnsperf.ZONE + ". TXT \"host.example.org:" + i + "\"'");
    }
    Files.write(file, lines);
    start(port, "unbound", "-d", "-c", file.toString());
    return Dnsperf.make(folder, port, names);
  }

  private int start(int port, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().merge("PATH", ":/usr/sbin", String::concat);
    List<String> throughPath = new ArrayList<>(List.of("env"));
    throughPath.addAll(List.of(command));
    running.add(Running.start(builder.command(throughPath)));
    awaitPort(port, command[0], PEER);
    return port;
  }

  /** Waits until one of ours listens. */
  static void awaitPort(int port, String who) throws IOException {
    awaitPort(port, who, OURS);
  }

  private static void awaitPort(int port, String who, Duration limit) throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    CountDownLatch never = new CountDownLatch(1);
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw new IOException(who + " does not listen", e);
        }
      }
      try {
        never.await(20, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  @Override
  public void close() {
    running.forEach(Running::close);
  }
}
