package org.noports.testkit.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A world of three machines, each a process of its own: infrastructure, one device, one client. */
public final class World implements AutoCloseable {
  private final Machine infrastructure;
  private final Machine device;
  private final Machine client;

  private World(Machine infrastructure, Machine device, Machine client) {
    this.infrastructure = infrastructure;
    this.device = device;
    this.client = client;
  }

  /**
   * Makes a world below {@code folder} by {@code noports world-init}, on free ports.
   *
   * @param permitOpen where the device lets its managers go
   */
  public static World make(Distribution distribution, Path folder, String permitOpen) {
    return make(
        distribution,
        folder,
        permitOpen,
        new Site(
            "localhost", Integer.toString(Shell.freePort()), "0", List.of(), List.of(), List.of()));
  }

  /** The same with these clients; the first is the one that {@link #client} gives. */
  public static World make(
      Distribution distribution, Path folder, String permitOpen, List<String> clients) {
    return make(
        distribution,
        folder,
        permitOpen,
        new Site(
            "localhost", Integer.toString(Shell.freePort()), "0", List.of(), List.of(), List.of()),
        clients.stream().flatMap(client -> Stream.of("--client", client)).toList());
  }

  /** The same with one client and {@code dev1@device}, and another device beside it. */
  public static World makeWith(
      Distribution distribution, Path folder, String permitOpen, String otherDevice) {
    return make(
        distribution,
        folder,
        permitOpen,
        new Site(
            "localhost", Integer.toString(Shell.freePort()), "0", List.of(), List.of(), List.of()),
        List.of("--device", "dev1@device", "--device", otherDevice));
  }

  /**
   * Makes a world in two places: infrastructure and client here, the device at the cable's other
   * end.
   */
  public static World make(
      Distribution distribution, Path folder, String permitOpen, Network network) {
    return make(
        distribution,
        folder,
        permitOpen,
        new Site(Network.HERE, "6464", "6465", network.here(), network.there(), network.here()));
  }

  /**
   * Makes a world in two places: infrastructure here, device and client at the cable's other end.
   */
  public static World makeApart(
      Distribution distribution, Path folder, String permitOpen, Network network) {
    return make(
        distribution,
        folder,
        permitOpen,
        new Site(Network.HERE, "6464", "6465", network.here(), network.there(), network.there()));
  }

  /**
   * Makes a world in two places: infrastructure and device here, the client at the cable's other
   * end.
   */
  public static World makeAway(
      Distribution distribution, Path folder, String permitOpen, Network network) {
    return make(
        distribution,
        folder,
        permitOpen,
        new Site(Network.HERE, "6464", "6465", network.here(), network.here(), network.there()));
  }

  /** The same with these clients; the first is the one that is at the cable's other end. */
  public static World makeAway(
      Distribution distribution,
      Path folder,
      String permitOpen,
      Network network,
      List<String> clients) {
    return make(
        distribution,
        folder,
        permitOpen,
        new Site(Network.HERE, "6464", "6465", network.here(), network.here(), network.there()),
        clients.stream().flatMap(client -> Stream.of("--client", client)).toList());
  }

  /** Where a world stands: the infrastructure's name and ports, and who runs where. */
  private record Site(
      String host,
      String directoryPort,
      String firstPort,
      List<String> here,
      List<String> devicesPlace,
      List<String> clientsPlace) {}

  private static World make(Distribution distribution, Path folder, String permitOpen, Site site) {
    return make(distribution, folder, permitOpen, site, List.of());
  }

  private static World make(
      Distribution distribution,
      Path folder,
      String permitOpen,
      Site site,
      List<String> moreWords) {
    Path world = folder.resolve("world");
    Path sockets = folder.resolve("run");
    Machine maker = new Machine(distribution, folder.resolve("maker"), sockets);
    List<String> words =
        new ArrayList<>(
            List.of(
                "world-init",
                world.toString(),
                "--host",
                site.host,
                "--directory-port",
                site.directoryPort,
                "--first-port",
                site.firstPort));
    words.addAll(moreWords);
    maker.run(words.toArray(String[]::new)).orFail();
    maker.close();
    Machine device =
        new Machine(distribution, world.resolve("device-dev1-device"), sockets, site.devicesPlace);
    device.configure("org.noports.device-dev1.cfg", "permitOpen = " + permitOpen + "\n");
    Machine client =
        new Machine(distribution, world.resolve("client-alice"), sockets, site.clientsPlace);
    // The first look-up of all, by processes that have only just begun, on a machine that is busy.
    client.configure("org.noports.directory.cfg", "timeoutSeconds = 20\n");
    return new World(
        new Machine(distribution, world.resolve("infrastructure"), sockets, site.here),
        device,
        client);
  }

  /**
   * Starts the three, and waits until each is well; leaves none behind if one does not get there.
   */
  public World up() {
    try {
      infrastructure.up().awaitWell("org.noports.relay.server");
      device.up().awaitWell("org.noports.device/dev1");
      client.up();
      return this;
    } catch (RuntimeException | AssertionError e) {
      close();
      throw e;
    }
  }

  public Machine infrastructure() {
    return infrastructure;
  }

  public Machine device() {
    return device;
  }

  public Machine client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    device.close();
    infrastructure.close();
  }
}
