package org.noports.tunnel.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.noports.api.ProtocolViolation;

/** What the other end's frames mean for the streams of a {@link Multiplexer}. */
final class Incoming implements FrameReader.Listener {
  /** A request or an answer: an address and a sentence, not a place to put things. */
  static final int MOST_TEXT = 1024;

  private final Multiplexer multiplexer;
  private final int parity;
  private final ByteBuf text = Unpooled.buffer(MOST_TEXT, MOST_TEXT);
  private int newest;

  /**
   * Hears frames.
   *
   * @param parity of the numbers of the other end's streams: 1 if they are odd
   */
  Incoming(Multiplexer multiplexer, int parity) {
    this.multiplexer = multiplexer;
    this.parity = parity;
  }

  @Override
  public void frame(Frame frame) throws ProtocolViolation {
    if (multiplexer.isClosed()) {
      return;
    }
    switch (frame.type()) {
      case Frame.WINDOW_UPDATE -> update(frame);
      case Frame.PING -> ping(frame);
      case Frame.GO_AWAY -> multiplexer.host().over(Farewell.of(frame.length()).words());
      default -> data(frame);
    }
  }

  private void ping(Frame frame) {
    if (frame.has(Frame.SYN)) {
      multiplexer.send(new Frame(Frame.PING, Frame.ACK, 0, frame.length()));
    }
  }

  private void data(Frame frame) throws ProtocolViolation {
    if (isText(frame) && (frame.length() < 0 || frame.length() > MOST_TEXT)) {
      throw new ProtocolViolation("frame: a request or an answer of " + frame.length() + " bytes");
    }
    if (frame.has(Frame.SYN)) {
      int id = frame.stream();
      if (id <= newest || (id & 1) != parity) {
        throw new ProtocolViolation("frame: stream " + id + " cannot be opened after " + newest);
      }
      newest = id;
      multiplexer.add(id, "");
    }
  }

  private static boolean isText(Frame frame) {
    return frame.has(Frame.SYN) || frame.has(Frame.ACK);
  }

  /** A stream that we have closed may still be spoken of; one that never was may not. */
  private Optional<MultiplexedStream> stream(Frame frame) throws ProtocolViolation {
    int id = frame.stream();
    boolean begun = (id & 1) == parity ? id <= newest : multiplexer.hasOpened(id);
    if (id <= 0 || !begun) {
      throw new ProtocolViolation("frame: there is no stream " + id);
    }
    return multiplexer.stream(id);
  }

  private void update(Frame frame) throws ProtocolViolation {
    if (frame.has(Frame.SYN)) {
      throw new ProtocolViolation("frame: a stream without a request");
    }
    Optional<MultiplexedStream> stream = stream(frame);
    if (stream.isEmpty()) {
      return;
    }
    if (frame.has(Frame.RST)) {
      stream.get().otherReset();
      return;
    }
    stream.get().credit(Integer.toUnsignedLong(frame.length()));
    if (frame.has(Frame.FIN)) {
      ended(stream.get());
    }
  }

  private void ended(MultiplexedStream stream) {
    stream.otherEnded();
    multiplexer.touched(stream, 0);
  }

  @Override
  public void content(Frame frame, ByteBuf piece, boolean last) throws ProtocolViolation {
    if (multiplexer.isClosed()) {
      piece.release();
      return;
    }
    Optional<MultiplexedStream> stream;
    try {
      stream = stream(frame);
    } catch (ProtocolViolation e) {
      piece.release();
      throw e;
    }
    if (isText(frame)) {
      text(frame, stream, piece, last);
    } else if (stream.isEmpty()) {
      piece.release();
    } else {
      int bytes = piece.readableBytes();
      stream.get().received(piece);
      multiplexer.touched(stream.get(), bytes);
      if (last && frame.has(Frame.FIN)) {
        ended(stream.get());
      } else if (last && frame.has(Frame.RST)) {
        stream.get().otherReset();
      }
    }
  }

  private void text(Frame frame, Optional<MultiplexedStream> stream, ByteBuf piece, boolean last)
      throws ProtocolViolation {
    text.writeBytes(piece);
    piece.release();
    if (!last) {
      return;
    }
    String said = text.toString(StandardCharsets.UTF_8);
    text.clear();
    if (stream.isEmpty()) {
      return;
    }
    stream.get().receivedText(frame.length());
    if (frame.has(Frame.SYN)) {
      multiplexer.host().asked(stream.get(), said);
    } else {
      stream.get().isAnswered(!frame.has(Frame.RST), said);
    }
  }
}
