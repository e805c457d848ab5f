package org.noports.cipher.catalogue.guard;

import java.nio.ByteBuffer;
import org.noports.api.CipherMisbehaved;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.RecordOpen;
import org.noports.api.cipher.RecordSeal;

/** A record cipher that a third party wrote. */
final class GuardedRecordCipher implements RecordCipher {
  /** NP2 counts in the last 64 bits of a nonce; the tunnel has room for tags of this length. */
  private static final int LEAST_NONCE = 8;

  private static final int LEAST_TAG = 12;
  private static final int MOST_TAG = 32;
  private static final int LEAST_KEY = 16;
  private static final int MOST_KEY = 64;

  private final Guard guard;
  private final RecordCipher plugIn;
  private final int keyLength;
  private final int nonceLength;
  private final int tagLength;

  GuardedRecordCipher(Guard guard, RecordCipher plugIn)
      throws CipherUnavailable, ProtocolViolation {
    this.guard = guard;
    this.plugIn = plugIn;
    int[] said =
        guard.call(
            "Its lengths",
            () -> new int[] {plugIn.keyLength(), plugIn.nonceLength(), plugIn.tagLength()});
    keyLength = Lengths.check(guard, "It has a key", said[0], LEAST_KEY, MOST_KEY);
    nonceLength = Lengths.check(guard, "It has a nonce", said[1], LEAST_NONCE, MOST_TAG);
    tagLength = Lengths.check(guard, "It has a tag", said[2], LEAST_TAG, MOST_TAG);
  }

  @Override
  public int keyLength() {
    return keyLength;
  }

  @Override
  public int nonceLength() {
    return nonceLength;
  }

  @Override
  public int tagLength() {
    return tagLength;
  }

  @Override
  public RecordSeal sealing(Secret key) throws CipherUnavailable {
    try (Secret copy = Arguments.copy("key", key, keyLength)) {
      return new Seal(guard.call("sealing", () -> plugIn.sealing(copy)));
    } catch (ProtocolViolation e) {
      throw new CipherUnavailable(e.getMessage(), e);
    }
  }

  @Override
  public RecordOpen opening(Secret key) throws CipherUnavailable {
    try (Secret copy = Arguments.copy("key", key, keyLength)) {
      return new Open(guard.call("opening", () -> plugIn.opening(copy)));
    } catch (ProtocolViolation e) {
      throw new CipherUnavailable(e.getMessage(), e);
    }
  }

  private final class Seal implements RecordSeal {
    private final RecordSeal seal;
    private boolean closed;

    Seal(RecordSeal seal) {
      this.seal = seal;
    }

    @Override
    public void seal(byte[] nonce, ByteBuffer additional, ByteBuffer clear, ByteBuffer sealed) {
      Arguments.open(closed);
      int length = clear.remaining() + tagLength;
      Arguments.room(sealed, length);
      byte[] once = Arguments.copy("nonce", nonce, nonceLength);
      byte[] bound = Transformation.copy(additional);
      try {
        new Transformation(guard, "seal")
            .apply(
                clear,
                length,
                sealed,
                (in, out) -> seal.seal(once, ByteBuffer.wrap(bound), in, out));
      } catch (CipherMisbehaved e) {
        throw new IllegalStateException(e.getMessage(), e);
      } catch (CipherUnavailable | ProtocolViolation e) {
        throw new IllegalStateException("A record could not be sealed", e);
      }
      additional.position(additional.limit());
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        guard.release(seal);
      }
    }
  }

  private final class Open implements RecordOpen {
    private final RecordOpen open;
    private boolean closed;

    Open(RecordOpen open) {
      this.open = open;
    }

    @Override
    public void open(byte[] nonce, ByteBuffer additional, ByteBuffer sealed, ByteBuffer clear)
        throws ProtocolViolation {
      Arguments.open(closed);
      int length = sealed.remaining() - tagLength;
      if (length < 0) {
        throw new ProtocolViolation(
            "A record of " + sealed.remaining() + " bytes is shorter than its tag");
      }
      Arguments.room(clear, length);
      byte[] once = Arguments.copy("nonce", nonce, nonceLength);
      byte[] bound = Transformation.copy(additional);
      try {
        new Transformation(guard, "open")
            .apply(
                sealed,
                length,
                clear,
                (in, out) -> open.open(once, ByteBuffer.wrap(bound), in, out));
      } catch (CipherUnavailable e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
      additional.position(additional.limit());
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        guard.release(open);
      }
    }
  }
}
