package org.noports.cipher.classic;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.Test;
import org.noports.api.Secret;
import org.noports.api.cipher.KeyStream;

/** Against docs/protocol/noports.md 12.4 and 12.5. */
public class Aes256CtrTest {
  private static final HexFormat HEX = HexFormat.of();

  private final Aes256Ctr cipher = new Aes256Ctr();

  private static Secret countingKey() {
    byte[] key = new byte[32];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) i;
    }
    return Secret.owning(key);
  }

  private byte[] seal(byte[] iv, byte[] clear) throws Exception {
    try (KeyStream stream = cipher.start(countingKey(), iv)) {
      ByteBuffer sealed = ByteBuffer.allocate(clear.length);
      stream.apply(ByteBuffer.wrap(clear), sealed);
      assertEquals(clear.length, sealed.position());
      return sealed.array();
    }
  }

  private static byte[] controlMessages() {
    return ("connect:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=:AgICAgICAgICAgICAgICAg==\n"
            + "heartbeat:1\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static final byte[] SEALED_MESSAGES =
      HEX.parseHex(
          "f16fa3e346f5f4f11b38a316016326568b0e3e02b07b71832ff610630b26c3ccd83d64195549b0da39d4"
              + "6552d405b7cd08398610ecb1806b505abbbdbf223fedf5451c903a3d9dabb9cc78e45a9c5df269ad"
              + "940edf69e73242f3");

  private static byte[] controlIv() {
    return HEX.parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
  }

  @Test
  public void sealsTheControlMessagesOfTheProtocol() throws Exception {
    assertArrayEquals(SEALED_MESSAGES, seal(controlIv(), controlMessages()));
  }

  @Test
  public void goesOnWhereItStoppedHoweverThePiecesAreCut() throws Exception {
    byte[] clear = controlMessages();
    ByteBuffer sealed = ByteBuffer.allocate(clear.length);
    try (KeyStream stream = cipher.start(countingKey(), controlIv())) {
      for (int from = 0, size = 1; from < clear.length; from += size, size += 3) {
        int length = Math.min(size, clear.length - from);
        stream.apply(ByteBuffer.wrap(clear, from, length), sealed);
        size = length;
      }
    }
    assertArrayEquals(SEALED_MESSAGES, sealed.array());
  }

  @Test
  public void takesDirectBuffersAndPartsOfArraysAlike() throws Exception {
    byte[] clear = controlMessages();
    ByteBuffer source = ByteBuffer.allocateDirect(clear.length).put(clear).flip();
    ByteBuffer part = ByteBuffer.wrap(new byte[clear.length + 7], 5, clear.length).slice();
    try (KeyStream stream = cipher.start(countingKey(), controlIv())) {
      stream.apply(source, part);
    }
    assertEquals(0, source.remaining());
    assertArrayEquals(SEALED_MESSAGES, Arrays.copyOfRange(part.array(), 5, 5 + clear.length));
  }

  @Test
  public void countsWith128BitsBigEndian() throws Exception {
    byte[] ones = new byte[16];
    Arrays.fill(ones, (byte) 0xff);
    assertEquals(
        "e999e41d4ca770da5387117b5d8f57eef29000b62a499fd0a9f39a6add2e7780",
        HEX.formatHex(seal(ones, new byte[32])));
    byte[] carry = Arrays.copyOf(new byte[8], 16);
    Arrays.fill(carry, 8, 16, (byte) 0xff);
    assertEquals(
        "a6fbdb5cfde07d1b58fd362177bcffdf511dd5ef9a682b7da49f91c86c4f7ac3",
        HEX.formatHex(seal(carry, new byte[32])));
  }

  @Test
  public void refusesKeysAndIvsOfOtherLengthsAndUseAfterClose() throws Exception {
    assertThrows(
        IllegalArgumentException.class,
        () -> cipher.start(Secret.owning(new byte[16]), new byte[16]));
    assertThrows(IllegalArgumentException.class, () -> cipher.start(countingKey(), new byte[12]));
    KeyStream stream = cipher.start(countingKey(), new byte[16]);
    assertThrows(
        IllegalArgumentException.class,
        () -> stream.apply(ByteBuffer.allocate(2), ByteBuffer.allocate(1)));
    stream.close();
    stream.close();
    assertThrows(
        IllegalStateException.class,
        () -> stream.apply(ByteBuffer.allocate(1), ByteBuffer.allocate(1)));
  }
}
