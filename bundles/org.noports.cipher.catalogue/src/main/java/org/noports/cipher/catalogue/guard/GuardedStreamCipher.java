package org.noports.cipher.catalogue.guard;

import java.nio.ByteBuffer;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.KeyStream;
import org.noports.api.cipher.StreamCipher;

/** A stream cipher that a third party wrote. */
final class GuardedStreamCipher implements StreamCipher {
  private static final int LEAST_KEY = 16;
  private static final int MOST_KEY = 64;
  private static final int LEAST_IV = 8;
  private static final int MOST_IV = 32;

  private final Guard guard;
  private final StreamCipher plugIn;
  private final int keyLength;
  private final int ivLength;

  GuardedStreamCipher(Guard guard, StreamCipher plugIn)
      throws CipherUnavailable, ProtocolViolation {
    this.guard = guard;
    this.plugIn = plugIn;
    int[] said = guard.call("Its lengths", () -> new int[] {plugIn.keyLength(), plugIn.ivLength()});
    keyLength = Lengths.check(guard, "It has a key", said[0], LEAST_KEY, MOST_KEY);
    ivLength = Lengths.check(guard, "It has an IV", said[1], LEAST_IV, MOST_IV);
  }

  @Override
  public int keyLength() {
    return keyLength;
  }

  @Override
  public int ivLength() {
    return ivLength;
  }

  @Override
  public KeyStream start(Secret key, byte[] iv) throws CipherUnavailable {
    byte[] once = Arguments.copy("counter block", iv, ivLength);
    try (Secret copy = Arguments.copy("key", key, keyLength)) {
      return new Stream(guard.call("start", () -> plugIn.start(copy, once)));
    } catch (ProtocolViolation e) {
      throw new CipherUnavailable(e.getMessage(), e);
    }
  }

  private final class Stream implements KeyStream {
    private final KeyStream stream;
    private boolean closed;

    Stream(KeyStream stream) {
      this.stream = stream;
    }

    @Override
    public void apply(ByteBuffer source, ByteBuffer destination) {
      Arguments.open(closed);
      int length = source.remaining();
      Arguments.room(destination, length);
      try {
        new Transformation(guard, "apply").apply(source, length, destination, stream::apply);
      } catch (CipherUnavailable | ProtocolViolation e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        guard.release(stream);
      }
    }
  }
}
