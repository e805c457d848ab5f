package org.noports.testkit.relay;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One pair of connections, and the attack on it. */
final class TamperedSession {
  private final int number;
  private final Optional<Attack> attack;
  private final Map<String, byte[]> earlier;
  private final boolean records;
  private final Map<String, byte[]> said = new ConcurrentHashMap<>();
  private final AtomicInteger pumps = new AtomicInteger(2);

  /**
   * @param earlier what was {@link #said} in another session
   */
  TamperedSession(
      int number, Optional<Attack> attack, Map<String, byte[]> earlier, boolean records) {
    this.number = number;
    this.attack = attack;
    this.earlier = earlier;
    this.records = records;
  }

  /** The first pieces of both directions; it grows. */
  Map<String, byte[]> said() {
    return said;
  }

  void carry(Socket client, Socket device) {
    thread(() -> pump(client, device, false));
    thread(() -> pump(device, client, true));
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "tampering");
    thread.setDaemon(true);
    thread.start();
  }

  private void pump(Socket from, Socket to, boolean toClient) {
    boolean cut = true;
    try {
      to.setTcpNoDelay(true);
      cut = carry(new Pieces(from.getInputStream(), records), to.getOutputStream(), toClient);
      if (!cut) {
        to.shutdownOutput();
      }
    } catch (IOException e) {
      // One of them is gone; the other learns it by its own connection.
    } finally {
      if (pumps.decrementAndGet() == 0 || cut) {
        close(from);
        close(to);
      }
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed.
    }
  }

  /** Until one end has said all, or the other must not hear it: then true. */
  private boolean carry(Pieces pieces, OutputStream out, boolean toClient) throws IOException {
    Optional<byte[]> held = Optional.empty();
    int count = 0;
    for (var piece = pieces.next(); piece.isPresent(); piece = pieces.next()) {
      byte[] bytes = piece.get().bytes();
      if (!piece.get().counts()) {
        out.write(bytes);
        continue;
      }
      remember(toClient, count, bytes);
      Optional<List<byte[]>> passed = passed(bytes, toClient, count);
      if (passed.isEmpty()) {
        out.write(bytes, 0, attack.orElseThrow().random().nextInt(bytes.length));
        return true;
      }
      for (byte[] each : passed.get()) {
        out.write(each);
      }
      if (held.isPresent()) {
        out.write(held.get());
      }
      held = holdsBack(toClient, count) ? Optional.of(bytes) : Optional.empty();
      count++;
    }
    return false;
  }

  private boolean isHere(boolean toClient, int count) {
    return attack.filter(a -> a.toClient() == toClient && a.piece() == count).isPresent();
  }

  private boolean holdsBack(boolean toClient, int count) {
    return isHere(toClient, count) && attack.get().kind() == Attack.Kind.REORDER;
  }

  private Optional<List<byte[]>> passed(byte[] bytes, boolean toClient, int count) {
    if (!isHere(toClient, count)) {
      return Optional.of(List.of(bytes));
    }
    byte[] other = said.getOrDefault(latest(!toClient), new byte[] {1});
    byte[] same = earlier.getOrDefault(toClient + " " + count, new byte[] {1, 2, 3});
    System.out.println("session " + number + ": " + attack.get());
    return attack.get().instead(bytes, other, same);
  }

  private static String latest(boolean toClient) {
    return toClient + " latest";
  }

  private void remember(boolean toClient, int count, byte[] bytes) {
    if (count < Attack.END) {
      said.put(toClient + " " + count, bytes);
    }
    said.put(latest(toClient), bytes);
  }
}
