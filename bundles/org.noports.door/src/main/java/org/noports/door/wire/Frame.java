package org.noports.door.wire;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One frame, as the package's description has it.
 *
 * @param kind what it is
 * @param payload its bytes; a view that nobody writes to while the frame is in use
 */
public record Frame(FrameKind kind, ByteBuffer payload) {
  /** The longest payload. */
  public static final int MAX_PAYLOAD = 65536;

  /** What stands before it: the kind's byte, and four of the payload's length. */
  public static final int HEADER = 5;

  public Frame {
    requireNonNull(kind, "kind is null");
    payload = requireNonNull(payload, "payload is null").asReadOnlyBuffer();
    if (payload.remaining() > MAX_PAYLOAD) {
      throw new IllegalArgumentException("A frame carries at most " + MAX_PAYLOAD + " bytes");
    }
  }

  /** A frame that is its kind alone. */
  public static Frame empty(FrameKind kind) {
    return new Frame(kind, ByteBuffer.allocate(0));
  }

  /** A frame of UTF-8 text. */
  public static Frame text(FrameKind kind, String text) {
    return new Frame(kind, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** A frame of one four-byte number. */
  public static Frame number(FrameKind kind, int number) {
    return new Frame(kind, ByteBuffer.allocate(4).putInt(0, number));
  }

  /** What to do: the command's name and its arguments. */
  public static Frame arguments(List<String> arguments) {
    List<byte[]> texts = new ArrayList<>();
    int length = 0;
    for (String argument : arguments) {
      byte[] text = argument.getBytes(StandardCharsets.UTF_8);
      texts.add(text);
      length += 4 + text.length;
    }
    if (length > MAX_PAYLOAD) {
      throw new IllegalArgumentException("The arguments are longer than " + MAX_PAYLOAD + " bytes");
    }
    ByteBuffer payload = ByteBuffer.allocate(length);
    texts.forEach(text -> payload.putInt(text.length).put(text));
    return new Frame(FrameKind.ARGUMENTS, payload.flip());
  }

  /** This frame as it goes over the wire: what stands before the payload, and the payload. */
  public ByteBuffer[] parts() {
    ByteBuffer header = ByteBuffer.allocate(HEADER).put(kind.code()).putInt(payload.remaining());
    return new ByteBuffer[] {header.flip(), payload.duplicate()};
  }

  /** The same in one piece, a copy. */
  public ByteBuffer encoded() {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + payload.remaining());
    for (ByteBuffer part : parts()) {
      bytes.put(part);
    }
    return bytes.flip();
  }

  /** The payload as text. */
  public String text() {
    return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
  }

  /** The payload as one number. */
  public int number() throws MalformedFrame {
    if (payload.remaining() != 4) {
      throw new MalformedFrame(kind + " holds " + payload.remaining() + " bytes, not a number");
    }
    return payload.getInt(payload.position());
  }

  /** The payload's bytes, as the reader's own. */
  public byte[] bytes() {
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    return bytes;
  }

  /** The payload as arguments. */
  public List<String> arguments() throws MalformedFrame {
    ByteBuffer rest = payload.duplicate();
    List<String> arguments = new ArrayList<>();
    while (rest.hasRemaining()) {
      int length = rest.remaining() < 4 ? -1 : rest.getInt();
      if (length < 0 || length > rest.remaining()) {
        throw new MalformedFrame("an argument's length does not fit its frame");
      }
      byte[] text = new byte[length];
      rest.get(text);
      arguments.add(new String(text, StandardCharsets.UTF_8));
    }
    return List.copyOf(arguments);
  }
}
