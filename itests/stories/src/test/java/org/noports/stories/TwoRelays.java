package org.noports.stories;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.process.Machine;
import org.noports.testkit.process.OpenSsh;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.Shell;
import org.noports.testkit.process.World;

/** A world with two relays of their own, each a process that can be killed and started again. */
final class TwoRelays extends ExternalResource {
  /** The relay that the client takes when it has the choice. */
  static final String FIRST = "@bob";

  private static final String SECOND = "@carol";
  private static final Duration SOON = Duration.ofSeconds(60);

  private final Function<String, String> relaySettings;
  private final String clientSettings;
  private final TemporaryFolder folder = new TemporaryFolder();
  private final List<AutoCloseable> open = new ArrayList<>();
  private World world;
  private OpenSsh sshd;
  private final Map<String, CompletableFuture<Long>> started = new ConcurrentHashMap<>();
  private Map<String, Machine> relays = Map.of();

  /** The client takes {@link #FIRST}. */
  TwoRelays() {
    this(relay -> "", "relay = " + FIRST + "\n");
  }

  /**
   * @param relaySettings more lines of a relay's file
   * @param clientSettings the same for the client, which knows both relays
   */
  TwoRelays(Function<String, String> relaySettings, String clientSettings) {
    this.relaySettings = relaySettings;
    this.clientSettings = clientSettings;
  }

  @Override
  protected void before() throws Exception {
    try {
      begin();
    } catch (Exception | AssertionError e) {
      after();
      throw e;
    }
  }

  private void begin() throws Exception {
    folder.create();
    Path root = folder.getRoot().toPath();
    Distribution distribution =
        Distribution.unpack(
            Path.of(System.getProperty("noports.distribution")), root.resolve("noports"));
    sshd = OpenSsh.start(root.resolve("sshd"));
    open.add(sshd);
    world = World.make(distribution, root, "localhost:*", List.of("@alice", "@bob", "@carol"));
    open.add(world);
    relays =
        Map.of(FIRST, relay(distribution, root, "bob"), SECOND, relay(distribution, root, "carol"));
    clientUses(FIRST, SECOND);
    world.up();
    relays.keySet().forEach(this::startLater);
    relays.keySet().forEach(this::awaitWell);
  }

  private Machine relay(Distribution distribution, Path root, String name) throws IOException {
    Path home = root.resolve("world/client-" + name);
    Files.writeString(
        home.resolve("etc/org.noports.relay.server.cfg"),
        "atSign = @"
            + name
            + "\naddress = localhost\nbindAddress = 127.0.0.1\n"
            + relaySettings.apply("@" + name));
    Machine machine = new Machine(distribution, home, root.resolve("run"));
    open.add(machine);
    return machine;
  }

  private void clientUses(String first, String second) throws IOException {
    Path file = world.client().home().resolve("etc/org.noports.client.cfg");
    String without = Files.readString(file).replaceAll("(?m)^relays? = .*$", "");
    Files.writeString(file, without + clientSettings + "relays = " + first + "," + second + "\n");
  }

  static String otherThan(String relay) {
    return relay.equals(FIRST) ? SECOND : FIRST;
  }

  /** Begins to start a relay. */
  void startLater(String relay) {
    Machine machine = relays.get(relay);
    started.put(
        relay,
        CompletableFuture.supplyAsync(() -> machine.up().pid(), task -> new Thread(task).start()));
  }

  /** Waits until a relay that was started hears requests. */
  void awaitWell(String relay) {
    started.get(relay).join();
    relays.get(relay).awaitWell("org.noports.relay.server");
  }

  /** Ends a relay as a power cut would. */
  void kill(String relay) {
    signal(relay, "KILL");
  }

  /** Sends a signal, by its name, to a relay that was started. */
  void signal(String relay, String name) {
    Shell.run("kill", "-" + name, Long.toString(started.get(relay).join())).orFail();
  }

  Machine relay(String relay) {
    return relays.get(relay);
  }

  World world() {
    return world;
  }

  OpenSsh sshd() {
    return sshd;
  }

  Path file(String name) {
    return folder.getRoot().toPath().resolve(name);
  }

  /** What the client says of its session. */
  String sessions() {
    return world.client().run("sessions", "--json").orFail().out();
  }

  /** Opens a tunnel to the machine's sshd; the line says where it is. */
  Running connect() {
    return world.client().start("connect", "dev1@device", "--to", "localhost:" + sshd.port());
  }

  static int port(Running connect) {
    String ready = connect.awaitLine(line -> line.contains(" is at "), SOON);
    return Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1));
  }

  @Override
  protected void after() {
    // None is left behind that was still being started.
    started.values().forEach(start -> start.handle((pid, failure) -> pid).join());
    for (int i = open.size() - 1; i >= 0; i--) {
      try {
        open.get(i).close();
      } catch (Exception e) {
        throw new UncheckedIOException(new IOException(e));
      }
    }
    folder.delete();
  }
}
