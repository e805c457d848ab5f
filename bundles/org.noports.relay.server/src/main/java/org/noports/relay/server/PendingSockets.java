package org.noports.relay.server;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sockets of one port that have not been verified yet. There are so many places, and nobody has
 * a right to one: where all are taken, the machine that holds most gives its oldest up to one that
 * holds fewer. So one address that opens sockets and says nothing keeps out nobody but itself.
 * Thread-safe.
 */
final class PendingSockets {
  private final Map<SocketAuthentication, Waiting> all = new LinkedHashMap<>();

  private record Waiting(ByteBuffer machine, Channel channel) {}

  /**
   * Takes one more in.
   *
   * @param most how many places there are
   * @return whether there was a place, or another has been closed to make one
   */
  boolean add(SocketAuthentication socket, Channel channel, int most) {
    Waiting next = new Waiting(machine(channel), channel);
    Optional<Waiting> loser = Optional.empty();
    synchronized (this) {
      if (all.size() >= most) {
        loser = loser(next.machine);
        if (loser.isEmpty()) {
          return false;
        }
        all.values().remove(loser.get());
      }
      all.put(socket, next);
    }
    loser.ifPresent(waiting -> waiting.channel.close());
    return true;
  }

  /** The oldest of the machine with most, if that is more than {@code next} would have. */
  private Optional<Waiting> loser(ByteBuffer next) {
    Map<ByteBuffer, Integer> held = new LinkedHashMap<>();
    all.values().forEach(waiting -> held.merge(waiting.machine, 1, Integer::sum));
    ByteBuffer greatest = next;
    for (ByteBuffer machine : held.keySet()) {
      if (held.get(machine) > held.getOrDefault(greatest, 0)) {
        greatest = machine;
      }
    }
    ByteBuffer from = greatest;
    return held.getOrDefault(from, 0) > held.getOrDefault(next, 0) + 1
        ? all.values().stream().filter(waiting -> waiting.machine.equals(from)).findFirst()
        : Optional.empty();
  }

  private static ByteBuffer machine(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress address
        ? Quotas.machine(address.getAddress())
        : ByteBuffer.allocate(0);
  }

  /** It is verified, or gone. Idempotent. */
  synchronized void remove(SocketAuthentication socket) {
    all.remove(socket);
  }

  /** Those that there are now, oldest first. */
  synchronized List<SocketAuthentication> now() {
    return List.copyOf(all.keySet());
  }
}
