package org.noports.testkit.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.noports.testkit.process.Running;

/**
 * A relay that tampers with each session but the first: it flips a bit, drops, doubles, reorders,
 * reflects or splices in a record, or cuts the connection. Which, where and for whom follows from
 * its seed. It pairs the connections of two ports in the order in which they come, or stands before
 * a real relay.
 */
public final class AdversarialRelay implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);

  private final Running process;
  private final int clientPort;
  private final int devicePort;

  private AdversarialRelay(Running process) {
    this.process = process;
    String[] ports = process.awaitLine(line -> line.startsWith("ports "), START).split(" ");
    clientPort = Integer.parseInt(ports[1]);
    devicePort = Integer.parseInt(ports[2]);
  }

  /**
   * Starts one that pairs two ports.
   *
   * @param records whether what passes are NP2 links; otherwise it tampers with what it reads at
   *     once
   */
  public static AdversarialRelay pairing(long seed, boolean records) {
    return start(List.of(Long.toString(seed), Boolean.toString(records)));
  }

  /**
   * Starts one that takes each connection on to a real relay at {@code host:port}, and lets what is
   * said to that pass. The first link's client hears a device that does not prove itself.
   */
  public static AdversarialRelay before(String host, int port, long seed) {
    return start(List.of(Long.toString(seed), "true", host, Integer.toString(port)));
  }

  private static AdversarialRelay start(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(AdversarialRelay.class.getName());
    command.addAll(arguments);
    return new AdversarialRelay(Running.start(new ProcessBuilder(command)));
  }

  /** Where clients dial. */
  public int clientPort() {
    return clientPort;
  }

  /** Where devices dial; the same as {@link #clientPort} before a real relay. */
  public int devicePort() {
    return devicePort;
  }

  /** Waits until session {@code number}, from 0, was tampered with; says how. */
  public String awaitAttack(int number, Duration limit) {
    return process.awaitLine(line -> line.startsWith("session " + number + ": "), limit);
  }

  @Override
  public void close() {
    process.close();
  }

  /** What the process runs. */
  public static void main(String[] what) throws IOException {
    long seed = Long.parseLong(what[0]);
    boolean records = Boolean.parseBoolean(what[1]);
    try (ServerSocket clients = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        ServerSocket devices = new ServerSocket(0, 500, InetAddress.getLoopbackAddress())) {
      boolean pairing = what.length == 2;
      int second = pairing ? devices.getLocalPort() : clients.getLocalPort();
      System.out.println("ports " + clients.getLocalPort() + " " + second);
      Map<String, byte[]> said = Map.of();
      for (int number = 0; true; number++) {
        Socket client = clients.accept();
        Socket device = pairing ? devices.accept() : new Socket(what[2], Integer.parseInt(what[3]));
        var attack = pairing ? Attack.on(number, seed) : Attack.fromTheBeginning(number, seed);
        var session = new TamperedSession(number, attack, said, records);
        said = session.said();
        session.carry(client, device);
      }
    }
  }
}
