package org.noports.tunnel.session;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.noports.api.NoPortsException;
import org.noports.api.ProtocolViolation;
import org.noports.transport.EventLoops;
import org.noports.transport.PushBack;

/**
 * Many streams over one {@link SessionChannel}, each with its own credit, in turns of one frame:
 * frames and rules are yamux's (docs/protocol/np2.md), either end opens streams. What a link brings
 * is always read; a stream that nobody reads holds up no other. Used on the session's loop.
 */
public final class Multiplexer implements SessionChannel.Listener {
  /** With its header it fills a record. */
  static final int MOST_DATA = (64 << 10) - Frame.HEADER_BYTES;

  /** What is as short is copied behind its header: keeping it would keep a whole read. */
  private static final int WORTH_KEEPING = 4 << 10;

  /** As much is sealed and sent in one go before the next stream's turn. */
  private static final int BURST_BYTES = 256 << 10;

  /** Whose streams these are. */
  public interface Host {
    /** The other end wants a stream; to be answered by {@code accept} or {@code refuse}. */
    void asked(MultiplexedStream stream, String request);

    /** A stream is closed. */
    void closed(MultiplexedStream stream);

    /** There is no link any more. */
    void lost(Optional<NoPortsException> failure);

    /** A link carries the session. */
    void carried();

    /** The session is over, because the other end says so or has broken its rules. */
    void over(String why);
  }

  private final SessionChannel channel = new SessionChannel(this);
  private final IntObjectMap<MultiplexedStream> streams = new IntObjectHashMap<>();
  private final Queue<MultiplexedStream> turns = new ArrayDeque<>();
  private final List<MultiplexedStream> touched = new ArrayList<>();
  private final Incoming incoming;
  private Farewell farewell = Farewell.ENDED;
  private final FrameReader reader;
  private final EventLoop loop;
  private final ByteBufAllocator memory;
  private final Host host;
  private int nextId;
  private boolean pumping;
  private boolean closed;
  private boolean overfull;
  private volatile long sent;
  private volatile long received;

  /**
   * Streams of one end.
   *
   * @param client the client's streams have odd numbers, the device's even ones
   */
  public Multiplexer(EventLoop loop, boolean client, Host host) {
    this.loop = requireNonNull(loop, "loop is null");
    this.memory = EventLoops.memory(loop);
    this.host = requireNonNull(host, "host is null");
    this.nextId = client ? 1 : 2;
    this.incoming = new Incoming(this, client ? 0 : 1);
    this.reader = new FrameReader(incoming);
  }

  /** What carries the streams. */
  public SessionChannel channel() {
    return channel;
  }

  /** Asks the other end for a stream; it can be used at once. */
  public MultiplexedStream open(String request) {
    int id = nextId;
    nextId += 2;
    MultiplexedStream stream = add(id, request);
    stream.wantsTurn();
    return stream;
  }

  MultiplexedStream add(int id, String request) {
    MultiplexedStream stream = new MultiplexedStream(this, loop, id, request);
    streams.put(id, stream);
    // As every channel of ours: until somebody reads, nobody would hear of its end.
    stream.pipeline().addLast(new PushBack());
    loop.register(stream);
    return stream;
  }

  /** Whether a stream of ours ever had that number. */
  boolean hasOpened(int id) {
    return id < nextId;
  }

  Optional<MultiplexedStream> stream(int id) {
    return Optional.ofNullable(streams.get(id));
  }

  void remove(MultiplexedStream stream) {
    streams.remove(stream.streamId());
    host.closed(stream);
  }

  Host host() {
    return host;
  }

  /** Bytes of content that streams have sent. */
  public long sent() {
    return sent;
  }

  /** Bytes of content that streams have received. */
  public long received() {
    return received;
  }

  /** The session is about to be closed because it is not permitted any more. */
  public void withdrawn() {
    farewell = Farewell.WITHDRAWN;
  }

  /** Tells the other end that the session is over, and closes all. */
  public void close(NoPortsException why) {
    channel.write(header(new Frame(Frame.GO_AWAY, 0, 0, farewell.code()), 0));
    channel.flush();
    abandon(why);
  }

  /** Closes all; what the other end still says is passed over. */
  public void abandon(NoPortsException why) {
    closed = true;
    turns.clear();
    new ArrayList<>(streams.values()).forEach(stream -> stream.broken(why));
    channel.close();
  }

  /**
   * Its turn is now if nobody waits: what it was given is then done with before it asks for more.
   */
  void wantsTurn(MultiplexedStream stream) {
    boolean again = true;
    while (again && turns.isEmpty() && channel.isWritable()) {
      again = stream.takeTurn();
    }
    if (again) {
      turns.add(stream);
    }
    pumpSoon();
  }

  /** At the end of this round of the loop, so that what belongs together is sealed together. */
  private void pumpSoon() {
    if (!pumping) {
      pumping = true;
      loop.execute(this::pump);
    }
  }

  private void pump() {
    pumping = false;
    long before = sent;
    while (!turns.isEmpty() && channel.isWritable()) {
      MultiplexedStream stream = turns.remove();
      if (stream.takeTurn()) {
        turns.add(stream);
      }
      if (sent - before >= BURST_BYTES) {
        before = sent;
        channel.flush();
      }
    }
    channel.flush();
  }

  void send(Frame frame) {
    answer(header(frame, 0));
  }

  /** Answers wait for nobody's credit: who asks and does not take them would fill our memory. */
  private void answer(ByteBuf frame) {
    channel.write(frame);
    pumpSoon();
    if (channel.isOverfull() && !overfull) {
      overfull = true;
      loop.execute(
          () -> broken(new ProtocolViolation("session: it does not take the answers it asks for")));
    }
  }

  /** Whether the session is over. */
  boolean isClosed() {
    return closed;
  }

  private ByteBuf header(Frame frame, int room) {
    int size = Frame.HEADER_BYTES + room;
    ByteBuf header = memory.directBuffer(size, size);
    frame.write(header);
    return header;
  }

  int sendText(MultiplexedStream stream, int flags, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, Incoming.MOST_TEXT);
    Frame frame = new Frame(Frame.DATA, flags, stream.streamId(), length);
    answer(header(frame, length).writeBytes(bytes, 0, length));
    return length;
  }

  void sendData(MultiplexedStream stream, ByteBuf clear, int size) {
    Frame frame = new Frame(Frame.DATA, 0, stream.streamId(), size);
    if (size <= WORTH_KEEPING) {
      channel.write(header(frame, size).writeBytes(clear, clear.readerIndex(), size));
    } else {
      channel.write(header(frame, 0));
      channel.write(clear.retainedSlice(clear.readerIndex(), size));
    }
    sent += size;
  }

  /** The stream has content now. */
  void touched(MultiplexedStream stream, int bytes) {
    received += bytes;
    touched.add(stream);
  }

  @Override
  public void received(ByteBuf clear) throws ProtocolViolation {
    reader.read(clear);
  }

  @Override
  public void readComplete() {
    touched.forEach(MultiplexedStream::deliver);
    touched.clear();
  }

  @Override
  public void writable() {
    if (!turns.isEmpty()) {
      pumpSoon();
    }
  }

  @Override
  public void lost(Optional<NoPortsException> failure) {
    host.lost(failure);
  }

  @Override
  public void carried() {
    host.carried();
  }

  @Override
  public void broken(ProtocolViolation violation) {
    host.over("the other end's " + violation.getMessage());
  }
}
