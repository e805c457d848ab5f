package org.noports.protocol.datagram;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.noports.api.ProtocolViolation;

/**
 * Reads datagrams out of a stream of capsules, however the stream is cut. Capsules and contexts
 * that this version does not know are passed over, as RFC 9297 3.2 asks. One thread at a time.
 */
public final class CapsuleReader {
  /** A datagram's capsule: payload and context, whose number may be written in eight bytes. */
  private static final int LARGEST_CAPSULE = DatagramCapsule.LARGEST_PAYLOAD + Long.BYTES;

  private static final int LONGEST_HEAD = 2 * Long.BYTES;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** From position to limit what is not read yet; behind the limit is room for what comes. */
  private ByteBuffer held = NOTHING;

  private long toSkip;

  /** The datagrams that are complete with {@code input}, which is read to its end. */
  public List<ByteBuffer> read(ByteBuffer input) throws ProtocolViolation {
    List<ByteBuffer> datagrams = new ArrayList<>();
    ByteBuffer all = withHeld(input);
    int before = all.position();
    boolean more = true;
    while (more) {
      skip(all);
      int start = all.position();
      more = toSkip == 0 && next(all, datagrams);
      if (!more) {
        all.position(toSkip == 0 ? start : all.position());
      }
    }
    keep(all, before);
    return datagrams;
  }

  /**
   * What is held, with the input behind it. A stream that trickles must not have all that is held
   * copied for each of its bytes: the room doubles.
   */
  private ByteBuffer withHeld(ByteBuffer input) {
    int needed = held.remaining() + input.remaining();
    if (held.capacity() - held.limit() >= input.remaining() && held.hasRemaining()) {
      int end = held.limit();
      held.limit(end + input.remaining());
      held.put(end, input, input.position(), input.remaining());
      input.position(input.limit());
      return held;
    }
    int room = held.hasRemaining() ? 2 * needed : needed;
    return ByteBuffer.allocate(room).put(held).put(input).flip();
  }

  private void skip(ByteBuffer all) {
    int now = (int) Math.min(toSkip, all.remaining());
    all.position(all.position() + now);
    toSkip -= now;
  }

  /** One capsule; false if it is not complete yet. */
  private boolean next(ByteBuffer all, List<ByteBuffer> datagrams) throws ProtocolViolation {
    OptionalLong type = number(all);
    OptionalLong length = type.isPresent() ? number(all) : OptionalLong.empty();
    if (length.isEmpty()) {
      return false;
    }
    if (type.getAsLong() != DatagramCapsule.TYPE) {
      toSkip = length.getAsLong();
      return true;
    }
    if (length.getAsLong() > LARGEST_CAPSULE) {
      throw new ProtocolViolation(
          "stream of datagrams: a datagram of " + length.getAsLong() + " bytes");
    }
    if (all.remaining() < length.getAsLong()) {
      return false;
    }
    ByteBuffer content = all.slice(all.position(), (int) length.getAsLong());
    all.position(all.position() + content.remaining());
    payload(content).ifPresent(datagrams::add);
    return true;
  }

  private static Optional<ByteBuffer> payload(ByteBuffer content) throws ProtocolViolation {
    OptionalLong context = number(content);
    if (context.isEmpty()) {
      throw new ProtocolViolation("stream of datagrams: a datagram without a context");
    }
    if (content.remaining() > DatagramCapsule.LARGEST_PAYLOAD) {
      throw new ProtocolViolation(
          "stream of datagrams: a payload of " + content.remaining() + " bytes");
    }
    return context.getAsLong() == DatagramCapsule.CONTEXT ? Optional.of(content) : Optional.empty();
  }

  private void keep(ByteBuffer all, int before) throws ProtocolViolation {
    if (all.remaining() > LARGEST_CAPSULE + LONGEST_HEAD) {
      throw new ProtocolViolation("stream of datagrams: no capsule ends");
    }
    // Datagrams that were handed out are parts of their buffer: what goes on gets one of its own.
    held =
        !all.hasRemaining()
            ? NOTHING
            : all.position() == before ? all : ByteBuffer.allocate(all.remaining()).put(all).flip();
  }

  /** A variable-length integer; empty, and nothing read, if it is not complete yet. */
  private static OptionalLong number(ByteBuffer from) {
    if (!from.hasRemaining()) {
      return OptionalLong.empty();
    }
    int bytes = 1 << ((from.get(from.position()) & 0xFF) >> 6);
    if (from.remaining() < bytes) {
      return OptionalLong.empty();
    }
    long value = from.get() & 0x3F;
    for (int i = 1; i < bytes; i++) {
      value = value << 8 | from.get() & 0xFF;
    }
    return OptionalLong.of(value);
  }
}
