package org.noports.benchmarks.data;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.noports.testkit.process.OpenSsh;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.Shell;

/**
 * A sealed way from the near end to the far one, over a hop in the middle.
 *
 * @param path where the near end dials
 * @param parts its processes, the last started first
 */
record Tunnel(Way path, List<AutoCloseable> parts) implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Ours: client, relay and device. */
  static Tunnel noports(Hops hops, int target) {
    List<AutoCloseable> parts = new ArrayList<>();
    Hop relay = hops.relay(1);
    parts.add(0, relay);
    Way way = relay.path();
    Running device = end("device", way.farPort(), way.farLine(), Integer.toString(target));
    parts.add(0, device);
    Running client = end("client", way.port(), way.line());
    parts.add(0, client);
    String entrance = client.awaitLine(line -> line.startsWith("entrance "), LIMIT);
    int port = Integer.parseInt(entrance.substring(entrance.indexOf(' ') + 1));
    return new Tunnel(Way.dialled(port), parts);
  }

  private static Running end(String role, int port, String... more) {
    ProcessBuilder builder =
        JavaProcess.builder(TunnelProcess.class, "-Xmx512m", "-XX:+UseSerialGC");
    String options = System.getenv().getOrDefault("NOPORTS_TUNNEL_OPTS", "");
    if (!options.isBlank()) {
      builder.command().addAll(1, List.of(options.replace("ROLE", role).split(" ")));
    }
    builder.command().addAll(List.of(role, Integer.toString(port)));
    builder.command().addAll(List.of(more));
    return Running.start(builder);
  }

  /** {@code ssh -L} with AES-256-GCM through HAProxy to sshd. */
  static Tunnel ssh(Hops hops, Path folder, int target) throws Exception {
    List<AutoCloseable> parts = new ArrayList<>();
    OpenSsh sshd = OpenSsh.start(folder.resolve("sshd-" + Shell.freePort()));
    parts.add(0, sshd);
    Hop haproxy = hops.haproxy(sshd.port(), true);
    parts.add(0, haproxy);
    int port = Shell.freePort();
    List<String> command = new ArrayList<>(List.of("ssh", "-N"));
    command.addAll(sshd.options());
    command.addAll(
        List.of("-c", "aes256-gcm@openssh.com", "-o", "Compression=no", "-o", "IPQoS=none"));
    command.addAll(List.of("-p", Integer.toString(haproxy.path().port())));
    command.addAll(List.of("-L", "127.0.0.1:" + port + ":127.0.0.1:" + target, "127.0.0.1"));
    parts.add(0, Running.start(new ProcessBuilder(command)));
    Listening.await(port, "ssh");
    return new Tunnel(Way.dialled(port), parts);
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable part : parts) {
      part.close();
    }
  }
}
