package org.noports.testkit.cipher;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.Test;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.RecordOpen;
import org.noports.api.cipher.RecordSeal;

/** What each {@link RecordCipher} must keep to. */
public abstract class RecordCipherContract {
  private static final List<Integer> LENGTHS = List.of(0, 1, 15, 16, 17, 4096, 65536);

  private final Random random = new Random(2);

  protected abstract RecordCipher cipher();

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] nonce(int last) {
    byte[] nonce = new byte[cipher().nonceLength()];
    nonce[nonce.length - 1] = (byte) last;
    return nonce;
  }

  private byte[] seal(RecordSeal seal, int nonce, byte[] additional, byte[] clear) {
    ByteBuffer sealed = ByteBuffer.allocate(clear.length + cipher().tagLength());
    seal.seal(nonce(nonce), ByteBuffer.wrap(additional), ByteBuffer.wrap(clear), sealed);
    assertFalse(sealed.hasRemaining());
    return sealed.array();
  }

  private byte[] open(RecordOpen open, int nonce, byte[] additional, byte[] sealed)
      throws ProtocolViolation {
    ByteBuffer clear = ByteBuffer.allocate(sealed.length - cipher().tagLength());
    open.open(nonce(nonce), ByteBuffer.wrap(additional), ByteBuffer.wrap(sealed), clear);
    assertFalse(clear.hasRemaining());
    return clear.array();
  }

  @Test
  public void opensWhatItSealed() throws Exception {
    byte[] key = bytes(cipher().keyLength());
    try (RecordSeal seal = cipher().sealing(Secret.copyOf(key));
        RecordOpen open = cipher().opening(Secret.copyOf(key))) {
      int nonce = 0;
      for (int length : LENGTHS) {
        byte[] clear = bytes(length);
        byte[] sealed = seal(seal, ++nonce, bytes(4), clear);
        assertEquals(length + cipher().tagLength(), sealed.length);
      }
      byte[] clear = bytes(1000);
      byte[] sealed = seal(seal, 99, new byte[] {7}, clear);
      assertArrayEquals(clear, open(open, 99, new byte[] {7}, sealed));
      assertArrayEquals(clear, open(open, 99, new byte[] {7}, sealed));
    }
  }

  @Test
  public void takesBuffersOfEveryKind() throws Exception {
    byte[] key = bytes(cipher().keyLength());
    byte[] clear = bytes(300);
    try (RecordSeal seal = cipher().sealing(Secret.copyOf(key));
        RecordOpen open = cipher().opening(Secret.copyOf(key))) {
      ByteBuffer slice = ByteBuffer.allocate(320).position(5).slice().put(clear).flip();
      ByteBuffer direct = ByteBuffer.allocateDirect(400).position(3);
      seal.seal(nonce(1), ByteBuffer.allocateDirect(4), slice.asReadOnlyBuffer(), direct);
      assertEquals(303 + cipher().tagLength(), direct.position());
      direct.flip().position(3);
      ByteBuffer opened = ByteBuffer.allocate(400).position(50);
      open.open(nonce(1), ByteBuffer.allocate(4), direct, opened);
      assertFalse(direct.hasRemaining());
      assertArrayEquals(clear, Arrays.copyOfRange(opened.array(), 50, opened.position()));
    }
  }

  /** The byte order of a buffer is nobody's business here; one of the JDK's ciphers thinks so. */
  @Test
  public void readsAdditionalDataOfEveryLengthTheSameFromEveryKindOfBuffer() throws Exception {
    try (RecordSeal seal = cipher().sealing(Secret.owning(bytes(cipher().keyLength())))) {
      for (int length = 0; length < 50; length++) {
        byte[] additional = bytes(length);
        byte[] big = seal(seal, 1, ByteBuffer.wrap(additional));
        forgetNonce(seal);
        byte[] little = seal(seal, 1, ByteBuffer.wrap(additional).order(LITTLE_ENDIAN));
        forgetNonce(seal);
        byte[] direct =
            seal(seal, 1, ByteBuffer.allocateDirect(length).put(additional).position(0));
        forgetNonce(seal);
        assertArrayEquals(big, little);
        assertArrayEquals(big, direct);
      }
    }
  }

  /** A cipher may refuse the same nonce twice in a row. */
  private void forgetNonce(RecordSeal seal) {
    seal(seal, 2, ByteBuffer.allocate(0));
  }

  private byte[] seal(RecordSeal seal, int nonce, ByteBuffer additional) {
    ByteBuffer sealed = ByteBuffer.allocate(20 + cipher().tagLength());
    seal.seal(nonce(nonce), additional, ByteBuffer.allocate(20), sealed);
    return sealed.array();
  }

  @Test
  public void findsEveryChangedBit() throws Exception {
    byte[] key = bytes(cipher().keyLength());
    byte[] additional = {1, 2, 3, 4};
    try (RecordSeal seal = cipher().sealing(Secret.copyOf(key));
        RecordOpen open = cipher().opening(Secret.copyOf(key))) {
      byte[] clear = bytes(20);
      byte[] sealed = seal(seal, 1, additional, clear);
      for (int bit = 0; bit < 8 * sealed.length; bit++) {
        byte[] changed = sealed.clone();
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        assertThrows(ProtocolViolation.class, () -> open(open, 1, additional, changed));
      }
      for (int bit = 0; bit < 8 * additional.length; bit++) {
        byte[] changed = additional.clone();
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        assertThrows(ProtocolViolation.class, () -> open(open, 1, changed, sealed));
      }
      assertThrows(ProtocolViolation.class, () -> open(open, 2, additional, sealed));
      assertArrayEquals(clear, open(open, 1, additional, sealed));
    }
  }

  @Test
  public void refusesAnotherKeyAndARecordShorterThanItsTag() throws Exception {
    try (RecordSeal seal = cipher().sealing(Secret.owning(bytes(cipher().keyLength())));
        RecordOpen open = cipher().opening(Secret.owning(bytes(cipher().keyLength())))) {
      byte[] sealed = seal(seal, 1, new byte[0], bytes(10));
      assertThrows(ProtocolViolation.class, () -> open(open, 1, new byte[0], sealed));
      ByteBuffer few = ByteBuffer.allocate(cipher().tagLength() - 1);
      ByteBuffer none = ByteBuffer.allocate(0);
      assertThrows(
          ProtocolViolation.class,
          () -> open.open(nonce(1), none.duplicate(), few, none.duplicate()));
    }
  }

  @Test
  public void refusesWhatItsCallerGotWrong() throws Exception {
    int length = cipher().keyLength();
    Secret shorter = Secret.owning(new byte[length - 1]);
    assertThrows(IllegalArgumentException.class, () -> cipher().sealing(shorter));
    assertThrows(IllegalArgumentException.class, () -> cipher().opening(shorter));
    try (RecordSeal seal = cipher().sealing(Secret.owning(new byte[length]))) {
      ByteBuffer clear = ByteBuffer.allocate(10);
      ByteBuffer small = ByteBuffer.allocate(10 + cipher().tagLength() - 1);
      ByteBuffer none = ByteBuffer.allocate(0);
      assertThrows(IllegalArgumentException.class, () -> seal.seal(nonce(1), none, clear, small));
      byte[] longer = new byte[cipher().nonceLength() + 1];
      ByteBuffer enough = ByteBuffer.allocate(100);
      assertThrows(IllegalArgumentException.class, () -> seal.seal(longer, none, clear, enough));
    }
  }

  @Test
  public void isOfNoMoreUseWhenItIsClosed() throws Exception {
    Secret key = Secret.owning(bytes(cipher().keyLength()));
    RecordSeal seal = cipher().sealing(key);
    RecordOpen open = cipher().opening(key);
    byte[] sealed = seal(seal, 1, new byte[0], bytes(10));
    seal.close();
    seal.close();
    open.close();
    open.close();
    assertThrows(IllegalStateException.class, () -> seal(seal, 2, new byte[0], bytes(10)));
    assertThrows(IllegalStateException.class, () -> open(open, 1, new byte[0], sealed));
  }

  @Test
  public void keepsItsOwnCopyOfTheKey() throws Exception {
    byte[] bytes = bytes(cipher().keyLength());
    Secret key = Secret.copyOf(bytes);
    try (RecordSeal seal = cipher().sealing(key);
        RecordOpen open = cipher().opening(Secret.copyOf(bytes))) {
      key.close();
      byte[] clear = bytes(10);
      assertArrayEquals(clear, open(open, 1, new byte[0], seal(seal, 1, new byte[0], clear)));
    }
  }
}
