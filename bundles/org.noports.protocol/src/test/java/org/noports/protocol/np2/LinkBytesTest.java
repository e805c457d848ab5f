package org.noports.protocol.np2;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.Test;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.Refused;

public class LinkBytesTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  public void aPrefaceIsSixteenFixedBytes() throws Exception {
    var preface = new LinkPreface(3, 258);
    assertEquals("894e5032010000000000000300000102", HEX.formatHex(preface.bytes()));
    assertEquals(preface, LinkPreface.read(preface.bytes()));
  }

  @Test
  public void noOtherBitsOfAPrefaceAreTakenForTheSame() {
    byte[] preface = new LinkPreface(3, 258).bytes();
    for (int bit = 0; bit < preface.length * 8; bit++) {
      byte[] other = preface.clone();
      other[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        var read = LinkPreface.read(other);
        assertArrayEquals("bit " + bit, other, read.bytes());
        assertEquals("bit " + bit, true, bit >= 64 && !read.equals(new LinkPreface(3, 258)));
      } catch (ProtocolViolation e) {
        assertEquals("bit " + bit, true, bit < 65 || bit == 71 || bit == 103);
      }
    }
  }

  @Test
  public void aHeaderIsThreeBytesOfLengthAndOneOfType() throws Exception {
    int header = RecordHeader.of(RecordHeader.MAX_CLEAR + 16, RecordType.CLOSE);
    assertEquals(0x01001006, header);
    assertEquals(RecordHeader.MAX_CLEAR + 16, RecordHeader.sealed(header));
    assertEquals(RecordType.CLOSE, RecordHeader.type(header));
    RecordHeader.check(header, 16);
    RecordHeader.check(RecordHeader.of(16, RecordType.CONFIRM), 16);
  }

  @Test
  public void whatNoRecordBeginsWithIsRefusedBeforeItsBytesCome() {
    Refused.naming("not between 16 and 65552", () -> checked(0x01001106));
    Refused.naming("not between", () -> checked(0x00000f02));
    Refused.naming("not between", () -> checked(0xffffff02));
    Refused.naming("no record type 0", () -> checked(0x00001000));
    Refused.naming("no record type 9", () -> checked(0x00001009));
    Refused.naming("no record type 255", () -> checked(0x000010ff));
  }

  private static Object checked(int header) throws ProtocolViolation {
    RecordHeader.check(header, 16);
    return header;
  }

  @Test
  public void eachChangeOfKeysIsReadAsItWasWritten() throws Exception {
    byte[] share = {1, 2, 3};
    same("00", new KeyChange.Ratchet(), RecordType.REKEY);
    same("010000000700010203", new KeyChange.Offer(7, Optional.empty(), share), RecordType.REKEY);
    same(
        "010000000705612b622b63010203",
        new KeyChange.Offer(7, Optional.of("a+b+c"), share),
        RecordType.SWITCH);
    same("0200000007010203", new KeyChange.Answer(7, share), RecordType.REKEY);
    same("0300000007", new KeyChange.Done(7), RecordType.SWITCH);
    same("0400000007", new KeyChange.Decline(7), RecordType.REKEY);
    same(
        "010000000705612b622b63010203",
        new KeyChange.Offer(7, Optional.of("a+b+c"), share),
        RecordType.LEAVE);
    same("0200000007010203", new KeyChange.Answer(7, share), RecordType.LEAVE);
    same("0400000007", new KeyChange.Decline(7), RecordType.LEAVE);
  }

  private static void same(String hex, KeyChange change, RecordType type) throws ProtocolViolation {
    assertEquals(hex, HEX.formatHex(change.bytes()));
    KeyChange read = KeyChange.read(type, change.bytes());
    assertEquals(change.getClass(), read.getClass());
    assertArrayEquals(change.bytes(), read.bytes());
  }

  @Test
  public void aChangeOfKeysInTheWrongRecordOrOfWrongLengthIsRefused() {
    byte[] offer = new KeyChange.Offer(7, Optional.of("a+b+c"), new byte[3]).bytes();
    Refused.message(() -> KeyChange.read(RecordType.REKEY, offer));
    Refused.message(() -> KeyChange.read(RecordType.SWITCH, new byte[] {0}));
    Refused.message(() -> KeyChange.read(RecordType.LEAVE, new byte[] {0}));
    Refused.message(() -> KeyChange.read(RecordType.LEAVE, new KeyChange.Done(7).bytes()));
    byte[] same = new KeyChange.Offer(7, Optional.empty(), new byte[3]).bytes();
    Refused.message(() -> KeyChange.read(RecordType.LEAVE, same));
    Refused.message(() -> KeyChange.read(RecordType.REKEY, new byte[] {0, 0}));
    Refused.message(() -> KeyChange.read(RecordType.REKEY, new byte[] {9}));
    Refused.message(() -> KeyChange.read(RecordType.REKEY, new byte[0]));
    for (int length = 0; length < 11; length++) {
      byte[] cut = Arrays.copyOf(offer, length);
      Refused.message(() -> KeyChange.read(RecordType.SWITCH, cut));
    }
  }

  @Test
  public void aPrefaceOfAnotherLengthIsTheCallersMistake() {
    assertThrows(IllegalArgumentException.class, () -> LinkPreface.read(new byte[15]));
  }
}
