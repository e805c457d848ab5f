package org.noports.benchmarks.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** Cuts what is received into pieces, whatever records and packets they came in. */
public final class Pieces implements Receiver {
  private final ByteBuf rest = Unpooled.buffer();
  private final ToIntFunction<ByteBuf> length;
  private Consumer<ByteBuf> piece;

  /**
   * Cuts where {@code length} says.
   *
   * @param length of the piece at the reader index, or more than what is there if it is not whole
   * @param piece valid during the call only
   */
  public Pieces(ToIntFunction<ByteBuf> length, Consumer<ByteBuf> piece) {
    this.length = length;
    this.piece = piece;
  }

  /** Pieces that end with a line feed. */
  public static Pieces lines(Consumer<ByteBuf> line) {
    return new Pieces(
        bytes -> {
          int before = bytes.bytesBefore((byte) '\n');
          return before < 0 ? Integer.MAX_VALUE : before + 1;
        },
        line);
  }

  /** From now on another one hears. */
  public void then(Consumer<ByteBuf> next) {
    piece = next;
  }

  @Override
  public void received(ByteBuf bytes) {
    if (rest.isReadable()) {
      rest.writeBytes(bytes);
      cut(rest);
      rest.discardReadBytes();
    } else {
      cut(bytes);
      rest.clear().writeBytes(bytes);
    }
  }

  private void cut(ByteBuf bytes) {
    while (bytes.isReadable()) {
      int next = length.applyAsInt(bytes);
      if (next > bytes.readableBytes()) {
        return;
      }
      piece.accept(bytes.readSlice(next));
    }
  }
}
