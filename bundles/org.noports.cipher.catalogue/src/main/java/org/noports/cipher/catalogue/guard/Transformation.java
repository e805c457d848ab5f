package org.noports.cipher.catalogue.guard;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.noports.api.CipherMisbehaved;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;

/**
 * One call that makes bytes of bytes. The plug-in gets a copy and writes into an array that nobody
 * else has, exactly as long as its result: a thread that is stuck in it, or comes back later,
 * touches nothing that is used.
 */
final class Transformation {
  private final Guard guard;
  private final String what;

  Transformation(Guard guard, String what) {
    this.guard = guard;
    this.what = what;
  }

  /** What the plug-in does with its copies. */
  interface Step {
    void apply(ByteBuffer source, ByteBuffer target) throws CipherUnavailable, ProtocolViolation;
  }

  /** All of {@code source} to {@code length} bytes in {@code target}; both positions advance. */
  void apply(ByteBuffer source, int length, ByteBuffer target, Step step)
      throws CipherUnavailable, ProtocolViolation {
    byte[] in = copy(source);
    ByteBuffer mine = ByteBuffer.wrap(in);
    ByteBuffer made = ByteBuffer.allocate(length);
    try {
      guard.call(
          what,
          () -> {
            step.apply(mine, made);
            return true;
          });
      check(mine.remaining(), made.position(), length);
      target.put(made.array());
      source.position(source.limit());
    } finally {
      Arrays.fill(in, (byte) 0);
      Arrays.fill(made.array(), (byte) 0);
    }
  }

  private void check(int left, int made, int length) throws CipherMisbehaved {
    if (left != 0) {
      throw guard.misbehaved(what + " left " + left + " bytes unread");
    }
    if (made != length) {
      throw guard.misbehaved(what + " gave out " + made + " bytes instead of " + length);
    }
  }

  /** A copy of what remains; the position stays. */
  static byte[] copy(ByteBuffer from) {
    byte[] bytes = new byte[from.remaining()];
    from.duplicate().get(bytes);
    return bytes;
  }
}
