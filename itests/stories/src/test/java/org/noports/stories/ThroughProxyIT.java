package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.process.Echo;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Machine;
import org.noports.testkit.process.Network;
import org.noports.testkit.process.RealProxy;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.Shell;
import org.noports.testkit.process.World;

/**
 * A device and a client in a place from which nothing but a proxy can be reached: all that they
 * need goes through it by one setting, relays by WebSocket as well as by TCP, and what tries to go
 * elsewhere is counted.
 */
public class ThroughProxyIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int WEB_SOCKET_PORT = 8443;
  private static final String BY_WEB_SOCKET = "relayTransport = wss\n";
  private static final String DEVICE = "org.noports.device-dev1.cfg";
  private static final String SETTING = "org.noports.proxy.cfg";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Network network;
  private World world;
  private RealProxy proxy;
  private Running service;

  @Before
  public void make() throws Exception {
    Path root = folder.getRoot().toPath();
    Distribution distribution =
        Distribution.unpack(
            Path.of(System.getProperty("noports.distribution")), root.resolve("noports"));
    network = Network.make();
    network.onlyTo(RealProxy.PORT);
    proxy = RealProxy.http(root, network.here(), Network.HERE);
    world = World.makeApart(distribution, root, "localhost:*", network);
    set(world.device(), proxy.url());
    set(world.client(), proxy.url());
    takeWebSockets();
    service = Running.start(Echo.service(network.there()));
  }

  private void takeWebSockets() {
    Path tls = world.infrastructure().home().resolve("etc/tls");
    world
        .infrastructure()
        .configure(
            "org.noports.relay.server.cfg",
            "webSocketPort = "
                + WEB_SOCKET_PORT
                + "\ncertificate = "
                + tls.resolve("certificate.pem")
                + "\nkey = "
                + tls.resolve("key.pem")
                + "\n");
    for (Machine each : List.of(world.device(), world.client())) {
      each.configure("org.noports.relay.client.cfg", "webSocketPort = " + WEB_SOCKET_PORT + "\n");
    }
    world.device().configure(DEVICE, BY_WEB_SOCKET);
    world.client().configure("org.noports.client.cfg", BY_WEB_SOCKET);
  }

  /** The client still does not. */
  private void deviceDialsRelaysPlainly() throws IOException {
    Path file = world.device().home().resolve("etc").resolve(DEVICE);
    Files.writeString(file, Files.readString(file).replace(BY_WEB_SOCKET, ""));
  }

  @After
  public void end() {
    if (world != null) {
      world.close();
    }
    for (AutoCloseable each : new AutoCloseable[] {service, proxy, network}) {
      close(each);
    }
  }

  @Test
  public void aWholeSessionGoesThroughHttpAndThenThroughSocksAndNothingElsewhere()
      throws Exception {
    world.up();
    String port = service.awaitLine(line -> true, SOON);
    session(port);
    proxy.awaitLine("CONNECT " + Network.HERE + ":6464");
    // The client and the device.
    proxy.awaitLine("CONNECT " + Network.HERE + ":" + WEB_SOCKET_PORT);
    proxy.awaitLine("CONNECT " + Network.HERE + ":" + WEB_SOCKET_PORT);

    deviceDialsRelaysPlainly();
    proxy.close();
    proxy = RealProxy.socks(network.here(), Network.HERE);
    // Both have lost their connections with the proxy, and heal by the new setting as soon as they
    // have read it.
    try (Running log = world.device().log();
        Running clientsLog = world.client().log()) {
      set(world.device(), proxy.url());
      set(world.client(), proxy.url());
      clientsLog.awaitLine(line -> line.contains("go out through socks5://"), SOON);
      log.awaitLine(line -> line.contains("go out through socks5://"), SOON);
    }
    session(port);
    proxy.awaitLine("connected to " + Network.HERE + ":6464");
    proxy.awaitLine("connected to " + Network.HERE + ":" + WEB_SOCKET_PORT);

    assertThat("packets that wanted to go elsewhere", network.heldBack(), is(0));
    saysWhatIsWrongWithTheProxy();
  }

  private void session(String port) {
    try (Running connect =
        world.client().start("connect", "dev1@device", "--to", "localhost:" + port)) {
      String ready = connect.awaitLine(line -> line.contains(" is at "), SOON);
      int local = Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1));
      try (Running visit = Running.start(Echo.visit(network.there(), local))) {
        assertThat(visit.await(Shell.LIMIT).orFail().out().trim(), is("same"));
      }
    }
  }

  private void saysWhatIsWrongWithTheProxy() throws IOException {
    proxy.close();
    Finished asked = world.client().run("where", "@device");
    assertThat(asked.exitCode(), is(6));
    assertThat(asked.err(), containsString("the proxy " + proxy.url() + " cannot be reached"));
    for (Machine each : List.of(world.client(), world.device())) {
      String log = Files.readString(each.home().resolve("data/log/noports.log"));
      assertThat(log, not(containsString(RealProxy.PASSWORD)));
    }
  }

  private static void set(Machine machine, String url) throws IOException {
    Path etc = machine.home().resolve("etc");
    Path password = etc.resolve("proxy.password");
    if (!Files.exists(password)) {
      Files.createFile(
          password,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(password, RealProxy.PASSWORD + "\n");
    }
    Files.writeString(
        etc.resolve(SETTING),
        "url = " + url + "\nuser = " + RealProxy.USER + "\npasswordFile = " + password + "\n");
  }

  private static void close(AutoCloseable each) {
    try {
      if (each != null) {
        each.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
