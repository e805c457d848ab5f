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
 * @param parts ends its processes, the last started first
 */
record Tunnel(Way path, List<Runnable> parts) implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Ours: client, relay and device. */
  static Tunnel noports(Hops hops, int target) {
    List<Runnable> parts = new ArrayList<>();
    Hop relay = hops.relay(1);
    parts.add(0, relay::close);
    Way way = relay.path();
    Running device = end("device", way.farPort(), way.farLine(), Integer.toString(target));
    parts.add(0, device::close);
    Running client = end("client", way.port(), way.line());
    parts.add(0, client::close);
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
    Waiting waiting = waiting(hops, folder, target);
    List<Runnable> parts = new ArrayList<>();
    parts.add(waiting.dial()::close);
    parts.add(waiting::close);
    Listening.await(waiting.port(), "ssh");
    return new Tunnel(Way.dialled(waiting.port()), parts);
  }

  /** An sshd behind HAProxy, to which ssh is yet to come. */
  static Waiting waiting(Hops hops, Path folder, int target) throws Exception {
    OpenSsh sshd = OpenSsh.start(folder.resolve("sshd-" + Shell.freePort()));
    Hop haproxy = hops.haproxy(sshd.port(), true);
    int port = Shell.freePort();
    List<String> command = new ArrayList<>(List.of("ssh", "-N"));
    command.addAll(sshd.options());
    command.addAll(
        List.of("-c", "aes256-gcm@openssh.com", "-o", "Compression=no", "-o", "IPQoS=none"));
    command.addAll(List.of("-p", Integer.toString(haproxy.path().port())));
    command.addAll(List.of("-L", "127.0.0.1:" + port + ":127.0.0.1:" + target, "127.0.0.1"));
    return new Waiting(sshd, haproxy, port, command);
  }

  /** What stands before ssh is started. */
  record Waiting(OpenSsh sshd, Hop hop, int port, List<String> command) implements AutoCloseable {
    Running dial() {
      return Running.start(new ProcessBuilder(command));
    }

    @Override
    public void close() {
      hop.close();
      sshd.close();
    }
  }

  @Override
  public void close() {
    parts.forEach(Runnable::run);
  }
}
