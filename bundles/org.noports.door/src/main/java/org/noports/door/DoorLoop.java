package org.noports.door;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.noports.door.wire.Frame;
import org.noports.door.wire.MalformedFrame;

/**
 * The one thread that accepts callers, reads and writes. It never waits for any of them: silence is
 * answered with the door, garbage as well, and both at no cost to the others.
 */
final class DoorLoop {
  private static final int LOOK_AROUND_MILLIS = 250;

  /** Some of the longest frames at once: most then come whole and are not copied together. */
  private static final int READ_BYTES = 4 * (Frame.HEADER + Frame.MAX_PAYLOAD);

  private final Selector selector;
  private final ServerSocketChannel listener;
  private final Recognition check;
  private final Workers workers;
  private final Supplier<DoorSettings> settings;
  private final DoorLog log;
  private final Thread thread;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
  private boolean paused;
  private volatile int callers;

  /** Finds out who calls. */
  interface Recognition {
    Peer of(SocketChannel channel) throws IOException;
  }

  DoorLoop(
      ServerSocketChannel listener,
      Recognition check,
      Workers workers,
      Supplier<DoorSettings> settings,
      DoorLog log)
      throws IOException {
    this.listener = listener;
    this.check = check;
    this.workers = workers;
    this.settings = settings;
    this.log = log;
    selector = Selector.open();
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
    thread = new Thread(this::turn, "noports-door");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** How many are served or waiting now. */
  int callers() {
    return callers;
  }

  /** Sends everybody away. The listener is the opener's to close. */
  void close() {
    try {
      selector.close();
      thread.join(1000);
    } catch (IOException | InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    workers.close();
  }

  private void turn() {
    List<Visitor> left = List.of();
    try {
      while (selector.isOpen()) {
        left = visitors();
        callers = left.size();
        boolean somebodyWaits = left.stream().anyMatch(Visitor::waits);
        selector.select(this::ready, somebodyWaits || paused ? LOOK_AROUND_MILLIS : 0);
        sweep();
        resume();
      }
    } catch (ClosedSelectorException closing) {
      // That is how it ends.
    } catch (IOException | RuntimeException e) {
      log.broken(e);
    } finally {
      left.forEach(Visitor::close);
    }
  }

  private List<Visitor> visitors() {
    List<Visitor> visitors = new ArrayList<>();
    for (SelectionKey key : selector.keys()) {
      if (key.isValid() && key.attachment() instanceof Visitor visitor) {
        visitors.add(visitor);
      }
    }
    return visitors;
  }

  private void ready(SelectionKey key) {
    if (key.attachment() instanceof Visitor visitor) {
      serve(key, visitor);
    } else {
      accept();
    }
  }

  private void serve(SelectionKey key, Visitor visitor) {
    try {
      if (key.isReadable()) {
        visitor.readable(buffer);
      }
      if (!visitor.writable()) {
        visitor.close();
      }
    } catch (MalformedFrame e) {
      log.garbage(visitor.peer().user(), e);
      visitor.close();
    } catch (IOException | CancelledKeyException | ClosedSelectorException gone) {
      visitor.close();
    } catch (RuntimeException e) {
      // One call's failure, perhaps in a listener of its command: the others are still served.
      log.callBroken(visitor.peer().user(), e);
      visitor.close();
    }
  }

  private void accept() {
    SocketChannel channel;
    try {
      channel = listener.accept();
    } catch (IOException e) {
      // Out of file descriptors, say: whoever knocks waits, and this thread does not spin.
      pause(e);
      return;
    }
    if (channel != null) {
      try {
        admit(channel);
      } catch (IOException | RuntimeException e) {
        log.notAdmitted(e);
        close(channel);
      }
    }
  }

  private void pause(IOException why) {
    if (!paused) {
      log.paused(why);
    }
    paused = true;
    interest(0);
  }

  private void resume() {
    if (paused) {
      paused = false;
      interest(SelectionKey.OP_ACCEPT);
    }
  }

  private void interest(int operations) {
    SelectionKey key = listener.keyFor(selector);
    if (key != null && key.isValid()) {
      key.interestOps(operations);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException nothingLeftToDo) {
      // It is closed for us in any case.
    }
  }

  private void admit(SocketChannel channel) throws IOException {
    Peer peer = check.of(channel);
    DoorSettings now = settings.get();
    boolean full = callers >= now.callers();
    if (full || peer.access() == Peer.Access.NONE || noShare(peer, now)) {
      if (full) {
        log.full(callers);
      } else if (peer.access() == Peer.Access.NONE) {
        log.refused(peer.user());
      } else {
        log.noShare(peer.user());
      }
      channel.close();
      return;
    }
    channel.configureBlocking(false);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    long deadline = System.nanoTime() + now.hello().toNanos();
    key.attach(new Visitor(channel, key, peer, deadline, workers::begin));
  }

  /** A member has a quarter of all places, members together three: some are left for the owner. */
  private boolean noShare(Peer peer, DoorSettings now) {
    if (peer.access() != Peer.Access.MEMBER) {
      return false;
    }
    List<Peer> members =
        visitors().stream()
            .map(Visitor::peer)
            .filter(each -> each.access() == Peer.Access.MEMBER)
            .toList();
    int quarter = Math.max(1, now.callers() / 4);
    return Collections.frequency(members, peer) >= quarter || members.size() >= 3 * quarter;
  }

  private void sweep() {
    long now = System.nanoTime();
    for (Visitor visitor : visitors()) {
      if (visitor.overdue(now)) {
        log.silent(visitor.peer().user());
        visitor.close();
      }
    }
  }
}
