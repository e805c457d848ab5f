package org.noports.tunnel.session;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.noports.api.NoPortsException;
import org.noports.api.ProtocolViolation;
import org.noports.tunnel.link.Link;
import org.noports.tunnel.link.LinkListener;

/**
 * A session's byte stream, which outlives the links that carry it. Each byte has its place in 64
 * bits, counted from the session's beginning. What was sent is kept, in clear, until the other end
 * has it; a new link goes on from there under its own keys. Used on one event loop.
 */
public final class SessionChannel implements LinkListener {
  /**
   * What the other end has not acknowledged is kept in memory, for each session: at most this, and
   * a few frames without content beside it.
   */
  public static final int REPLAY_BYTES = 2 << 20;

  /**
   * Frames without content beside it, which no credit stops: those of a thousand streams are a few
   * ten thousand bytes, and nobody honest leaves as much as this untaken.
   */
  private static final int MOST_ANSWERS = 1 << 20;

  /**
   * So often what was received is acknowledged: the other end's memory is in use until then, but an
   * ack wakes the relay and the other end. It is every second full read, which gives credit, too.
   */
  private static final int ACK_EVERY_BYTES = 384 << 10;

  /** Who stands above, and who looks after links. */
  public interface Listener {
    /** Bytes in order, each once; the listener owns the buffer. */
    void received(ByteBuf clear) throws ProtocolViolation;

    /** What was received so far is all for now. */
    void readComplete();

    /** {@link SessionChannel#isWritable} may have become true. */
    void writable();

    /** There is no link any more. */
    void lost(Optional<NoPortsException> failure);

    /** A link carries the session, and both ends know where to go on. */
    void carried();

    /** The other end is not what it should be: the session cannot go on. */
    void broken(ProtocolViolation violation);
  }

  private final Replay replay = new Replay();
  private final Listener listener;
  private Optional<Link> expected = Optional.empty();
  private Optional<Link> carrying = Optional.empty();
  private boolean first = true;
  private long received;
  private long acknowledged;
  private long heard;
  private long stalled;

  public SessionChannel(Listener listener) {
    this.listener = requireNonNull(listener, "listener is null");
  }

  /** Takes over the buffer and sends it, now or when there is a link. */
  public void write(ByteBuf clear) {
    replay.add(clear);
    carrying.ifPresent(
        link -> {
          stalled = link.isWritable() ? 0 : stalled + clear.readableBytes();
          link.send(clear.retainedDuplicate());
        });
  }

  /** Whether more waits for the other end than any that takes what it asks for lets wait. */
  boolean isOverfull() {
    return stalled > MOST_ANSWERS || replay.bytes() > REPLAY_BYTES + MOST_ANSWERS;
  }

  /** Sends what was written. */
  public void flush() {
    carrying.ifPresent(Link::flush);
  }

  /** Whether content should be written now. */
  public boolean isWritable() {
    return carrying.isPresent() && replay.bytes() < REPLAY_BYTES && carrying.get().isWritable();
  }

  /** Something new each time the link has said anything: for finding links that say nothing. */
  public long heard() {
    return heard;
  }

  /** A sign of life, which also lets the other end forget what we have. */
  public void acknowledge() {
    expected.ifPresent(
        link -> {
          acknowledged = received;
          link.ack(received);
          link.flush();
        });
  }

  /** Closes the link there is; what it still says is not heard. */
  public void detach() {
    Optional<Link> old = expected;
    expected = Optional.empty();
    carrying = Optional.empty();
    old.ifPresent(Link::close);
  }

  /** Gives the link up as one that has ended. */
  public void drop(NoPortsException why) {
    if (expected.isPresent()) {
      detach();
      listener.lost(Optional.of(why));
    }
  }

  /** Gives back what is kept. */
  public void close() {
    detach();
    replay.release();
  }

  @Override
  public void opened(Link link) {
    if (!isFrom(link)) {
      detach();
    }
    heard++;
    expected = Optional.of(link);
    acknowledge();
    if (first) {
      // Nobody can have received anything yet.
      goOn(link);
    }
  }

  private void goOn(Link link) {
    first = false;
    carrying = expected;
    stalled = 0;
    replay.forEach(clear -> link.send(clear.retainedDuplicate()));
    link.flush();
    listener.carried();
    listener.writable();
  }

  /** What is written from now on goes when it is opened again, behind what may have been lost. */
  @Override
  public void stopped(Link link) {
    if (isFrom(link)) {
      carrying = Optional.empty();
    }
  }

  private boolean isFrom(Link link) {
    return expected.isPresent() && expected.get() == link;
  }

  @Override
  public void data(Link link, ByteBuf clear) {
    if (!isFrom(link)) {
      clear.release();
      return;
    }
    heard++;
    received += clear.readableBytes();
    try {
      listener.received(clear);
    } catch (ProtocolViolation e) {
      listener.broken(e);
    }
  }

  @Override
  public void readComplete(Link link) {
    if (isFrom(link)) {
      listener.readComplete();
      if (received - acknowledged >= ACK_EVERY_BYTES) {
        acknowledge();
      }
    }
  }

  @Override
  public void acked(Link link, long offset) {
    if (!isFrom(link)) {
      return;
    }
    heard++;
    if (!replay.has(offset)) {
      listener.broken(
          new ProtocolViolation(
              "session: an acknowledgement of " + offset + " bytes, which were not sent so"));
      return;
    }
    replay.dropUntil(offset);
    if (carrying.isEmpty()) {
      goOn(link);
    } else {
      listener.writable();
    }
  }

  @Override
  public void writabilityChanged(Link link) {
    if (isFrom(link)) {
      listener.writable();
    }
  }

  @Override
  public void ended(Link link, Optional<NoPortsException> failure) {
    if (isFrom(link)) {
      expected = Optional.empty();
      carrying = Optional.empty();
      listener.lost(failure);
    }
  }
}
