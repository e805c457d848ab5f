package org.noports.relay.server;

import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.noports.api.relay.RelaySide;
import org.noports.transport.Splice;

/**
 * Where the two sides' sockets meet: the first of one side that waits is joined with the first of
 * the other, in the order in which they were verified. The wire carries no other mark of which
 * belong together (docs/protocol/noports.md 4.6).
 *
 * <p>A socket that closes while it waits keeps its place until its time is over: its counterpart is
 * on its way, and would otherwise be joined with a stranger's and shift all that follow. Used on
 * the session's loop; the counts may be read anywhere.
 */
final class Rendezvous {
  private final RelaySession session;
  private final Map<RelaySide, Queue<Waiting>> queues = new EnumMap<>(RelaySide.class);

  /** Each with what it had carried when it was last looked at. */
  private final Map<Splice, Long> pairs = new ConcurrentHashMap<>();

  /** They have met, and the device is about to hear of it. */
  private final Set<Channel> telling = new HashSet<>();

  private final AtomicLong bytesOfEnded = new AtomicLong();
  private boolean closed;

  Rendezvous(RelaySession session) {
    this.session = session;
    for (RelaySide side : RelaySide.values()) {
      queues.put(side, new ArrayDeque<>());
    }
  }

  /** A socket that waits; {@code alarm} rings when its time is over. */
  private static final class Waiting {
    private final Arrival arrival;
    private final Channel channel;
    private RelayTimer.Alarm alarm = RelayTimer.Alarm.NONE;

    Waiting(Arrival arrival, Channel channel) {
      this.arrival = arrival;
      this.channel = channel;
    }
  }

  /** A verified socket is here, or one that need not be verified. */
  void arrived(Arrival arrival, Channel channel) {
    if (closed) {
      channel.close();
      return;
    }
    Waiting here = new Waiting(arrival, channel);
    Waiting counterpart = queues.get(other(arrival.side())).poll();
    if (counterpart == null) {
      waitFor(arrival.side(), here);
      return;
    }
    counterpart.alarm.stop();
    if (arrival.side() == RelaySide.CLIENT) {
      meet(here, counterpart);
    } else {
      meet(counterpart, here);
    }
  }

  /** They belong together from now on; a device that wants to know of the client hears it first. */
  private void meet(Waiting client, Waiting device) {
    Optional<TellSighting> tell = device.arrival.tell();
    if (tell.isEmpty() || !client.channel.isActive()) {
      join(client.channel, device.channel);
      return;
    }
    telling.add(device.channel);
    telling.add(client.channel);
    tell.get()
        .line(client.channel, client.arrival.proven())
        .whenCompleteAsync(
            (line, failure) -> {
              telling.remove(device.channel);
              telling.remove(client.channel);
              if (failure != null) {
                RelayLog.notTold(session, Causes.of(failure).getMessage());
                device.channel.close();
              } else {
                device.channel.writeAndFlush(line);
              }
              join(client.channel, device.channel);
            },
            session.loop());
  }

  private void waitFor(RelaySide side, Waiting waiting) {
    queues.get(side).add(waiting);
    waiting.alarm =
        session.after(
            session.settings().times().rendezvous(),
            () -> {
              queues.get(side).remove(waiting);
              waiting.channel.close();
            });
  }

  private void join(Channel client, Channel device) {
    if (!client.isActive() || !device.isActive()) {
      client.close();
      device.close();
      return;
    }
    client.pipeline().remove(WaitingSocket.HANDLER);
    device.pipeline().remove(WaitingSocket.HANDLER);
    Splice pair = Splice.join("the client", client, "the device", device, session.pace());
    pairs.put(pair, -1L);
    session.paired();
    pair.ended()
        .thenAccept(
            end -> {
              bytesOfEnded.addAndGet(end.fromFirst() + end.fromSecond());
              pairs.remove(pair);
              session.pairEnded();
            });
  }

  private static long carried(Splice pair) {
    return pair.fromFirst() + pair.fromSecond();
  }

  /** Closes the pairs that have carried nothing since the last time. */
  void closeIdle() {
    pairs.replaceAll(
        (pair, before) -> {
          long now = carried(pair);
          if (now == before) {
            pair.close();
          }
          return now;
        });
  }

  private static RelaySide other(RelaySide side) {
    return side == RelaySide.CLIENT ? RelaySide.DEVICE : RelaySide.CLIENT;
  }

  /** Connections that are joined now. */
  int pairs() {
    return pairs.size();
  }

  /** Bytes carried both ways since the session began. */
  long bytes() {
    long live = pairs.keySet().stream().mapToLong(Rendezvous::carried).sum();
    return bytesOfEnded.get() + live;
  }

  /** Closes every socket, joined or waiting. */
  void close() {
    closed = true;
    for (Queue<Waiting> queue : queues.values()) {
      queue.forEach(
          waiting -> {
            waiting.alarm.stop();
            waiting.channel.close();
          });
      queue.clear();
    }
    pairs.keySet().forEach(Splice::close);
    List.copyOf(telling).forEach(Channel::close);
  }
}
