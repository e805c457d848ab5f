package org.noports.cipher.catalogue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.RecordOpen;
import org.noports.api.cipher.RecordSeal;

/**
 * A record cipher that passes every self-test and hides nothing from anybody: its content is xored
 * with its key, its tag is a sum. What it does wrong, a test says.
 */
class XorCipher implements RecordCipher {
  private static final int TAG = 16;

  @Override
  public int keyLength() {
    return 16;
  }

  @Override
  public int nonceLength() {
    return 12;
  }

  @Override
  public int tagLength() {
    return TAG;
  }

  /** Before each record. */
  void beforeRecord(ByteBuffer source, ByteBuffer target) {}

  /** After each record. */
  void afterRecord(ByteBuffer source, ByteBuffer target) {}

  @Override
  public RecordSeal sealing(Secret key) {
    byte[] bytes = key.exposeSecretBytes();
    return new RecordSeal() {
      @Override
      public void seal(byte[] nonce, ByteBuffer additional, ByteBuffer clear, ByteBuffer sealed) {
        beforeRecord(clear, sealed);
        int sum = Arrays.hashCode(nonce);
        while (clear.hasRemaining()) {
          byte hidden = (byte) (clear.get() ^ bytes[sealed.position() % bytes.length] ^ 0x55);
          sealed.put(hidden);
          sum = 31 * sum + hidden;
        }
        sealed.putInt(sum).put(new byte[TAG - Integer.BYTES]);
        afterRecord(clear, sealed);
      }

      @Override
      public void close() {
        Arrays.fill(bytes, (byte) 0);
      }
    };
  }

  @Override
  public RecordOpen opening(Secret key) {
    byte[] bytes = key.exposeSecretBytes();
    return new RecordOpen() {
      @Override
      public void open(byte[] nonce, ByteBuffer additional, ByteBuffer sealed, ByteBuffer clear)
          throws ProtocolViolation {
        beforeRecord(sealed, clear);
        int sum = Arrays.hashCode(nonce);
        while (sealed.remaining() > TAG) {
          byte hidden = sealed.get();
          clear.put((byte) (hidden ^ bytes[clear.position() % bytes.length] ^ 0x55));
          sum = 31 * sum + hidden;
        }
        byte[] rest = new byte[TAG - Integer.BYTES];
        if (sealed.getInt() != sum | !Arrays.equals(rest, rest(sealed))) {
          throw new ProtocolViolation("A record was changed");
        }
        afterRecord(sealed, clear);
      }

      @Override
      public void close() {
        Arrays.fill(bytes, (byte) 0);
      }
    };
  }

  private static byte[] rest(ByteBuffer sealed) {
    byte[] rest = new byte[sealed.remaining()];
    sealed.get(rest);
    return rest;
  }
}
