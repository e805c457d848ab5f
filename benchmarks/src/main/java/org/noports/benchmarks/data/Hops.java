package org.noports.benchmarks.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.Shell;

/** Starts those who are compared, each as Debian or our build ships it. */
final class Hops {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Path folder;

  Hops(Path folder) {
    this.folder = folder;
  }

  /** Our relay with the options of our distribution; {@code NOPORTS_JAVA_OPTS} adds more. */
  Hop relay(int sessions) {
    ProcessBuilder builder =
        JavaProcess.builder(RelayProcess.class, "-Xmx512m", "-XX:+UseSerialGC");
    String more = System.getenv().getOrDefault("NOPORTS_JAVA_OPTS", "");
    if (!more.isBlank()) {
      builder.command().addAll(1, List.of(more.split(" ")));
    }
    builder.command().add(Integer.toString(sessions));
    Running running = Running.start(builder);
    List<Way> paths = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      paths.add(Way.printed(running.awaitLine(line -> line.contains("rvdNonce"), LIMIT)));
    }
    return new Hop(running, paths);
  }

  /**
   * HAProxy in TCP mode.
   *
   * @param splice whether the kernel moves the bytes where it can
   */
  Hop haproxy(int backend, boolean splice) throws IOException {
    int port = Shell.freePort();
    Path file = folder.resolve("haproxy-" + (splice ? "splice" : "copy") + ".cfg");
    List<String> lines =
        new ArrayList<>(
            List.of(
                "global",
                "  maxconn 4000",
                "  nbthread 2",
                "  tune.pipesize 1048576",
                "defaults",
                "  mode tcp",
                "  timeout connect 10s",
                "  timeout client 1h",
                "  timeout server 1h"));
    if (splice) {
      lines.addAll(
          List.of("  option splice-auto", "  option splice-request", "  option splice-response"));
    }
    lines.addAll(
        List.of("listen hop", "  bind 127.0.0.1:" + port, "  server far 127.0.0.1:" + backend));
    Files.write(file, lines);
    return start(port, "haproxy", "-db", "-f", file.toString());
  }

  /** nginx as a stream proxy. */
  Hop nginx(int backend) throws IOException {
    int port = Shell.freePort();
    Path file = folder.resolve("nginx.conf");
    Files.write(
        file,
        List.of(
            "load_module /usr/lib/nginx/modules/ngx_stream_module.so;",
            "daemon off;",
            "pid " + folder.resolve("nginx.pid") + ";",
            "error_log stderr error;",
            "worker_processes 2;",
            "worker_rlimit_nofile 20000;",
            "events { worker_connections 20000; }",
            "stream { server {",
            "  listen 127.0.0.1:" + port + " backlog=4096;",
            "  proxy_pass 127.0.0.1:" + backend + ";",
            "  proxy_timeout 1h;",
            "} }"));
    return start(port, "nginx", "-c", file.toString());
  }

  private static Hop start(int port, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.command().set(0, "/usr/sbin/" + command[0]);
    Running running = Running.start(builder);
    Listening.await(port, command[0]);
    return new Hop(running, List.of(Way.dialled(port)));
  }
}
