package org.noports.protocol.datagram;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.Test;
import org.noports.api.ProtocolViolation;

/** Datagrams through a stream that knows no borders. */
public class CapsuleReaderTest {
  private static final Random RANDOM = new Random(9297);

  private static byte[] capsule(byte[] payload) {
    ByteBuffer head = DatagramCapsule.head(payload.length);
    return ByteBuffer.allocate(head.remaining() + payload.length).put(head).put(payload).array();
  }

  private static byte[] datagram(int length) {
    byte[] payload = new byte[length];
    RANDOM.nextBytes(payload);
    return payload;
  }

  private static List<ByteBuffer> read(CapsuleReader reader, String hex) throws ProtocolViolation {
    return reader.read(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
  }

  private static String refusal(String hex) {
    return assertThrows(ProtocolViolation.class, () -> read(new CapsuleReader(), hex)).getMessage();
  }

  @Test
  public void writesTheCapsulesOfTheRfc() {
    assertEquals("00020041", HexFormat.of().formatHex(capsule(new byte[] {0x41})));
    assertEquals("000100", HexFormat.of().formatHex(capsule(new byte[0])));
    assertEquals("00404000", HexFormat.of().formatHex(capsule(new byte[63]), 0, 4));
    assertEquals("008000400000", HexFormat.of().formatHex(capsule(new byte[16383]), 0, 6));
  }

  @Test
  public void givesEachDatagramBackHoweverTheStreamIsCut() throws Exception {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    List<ByteBuffer> sent = new ArrayList<>();
    for (int length : new int[] {0, 1, 62, 63, 64, 1200, 16382, 16383, 65527, 5}) {
      byte[] payload = datagram(length);
      stream.write(capsule(payload));
      sent.add(ByteBuffer.wrap(payload));
    }
    byte[] all = stream.toByteArray();
    for (int most : new int[] {1, 7, 1000, 70_000, all.length}) {
      CapsuleReader reader = new CapsuleReader();
      List<ByteBuffer> received = new ArrayList<>();
      for (int at = 0; at < all.length; at += most) {
        received.addAll(reader.read(ByteBuffer.wrap(all, at, Math.min(most, all.length - at))));
      }
      assertEquals("in pieces of " + most, sent, received);
    }
  }

  /** What is held is not copied for every byte: that would be two gigabytes here. */
  @Test
  public void aDatagramThatTricklesCostsAboutItsLength() throws Exception {
    byte[] all = capsule(datagram(65527));
    CapsuleReader reader = new CapsuleReader();
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(self);
    List<ByteBuffer> received = new ArrayList<>();
    for (byte one : all) {
      received.addAll(reader.read(ByteBuffer.wrap(new byte[] {one})));
    }
    long allocated = threads.getThreadAllocatedBytes(self) - before;
    assertEquals(1, received.size());
    assertTrue(allocated + " bytes", allocated < 100_000_000);
  }

  @Test
  public void datagramsStayAsTheyWereWhileMoreComes() throws Exception {
    CapsuleReader reader = new CapsuleReader();
    ByteBuffer first = read(reader, "00020041" + "000300").get(0);
    assertEquals(List.of(), read(reader, "42"));
    assertEquals("4243", hex(read(reader, "43" + "0002").get(0)));
    assertEquals("44", hex(read(reader, "0044").get(0)));
    assertEquals("41", hex(first));
  }

  private static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return HexFormat.of().formatHex(copy);
  }

  @Test
  public void passesOverWhatThisVersionDoesNotKnow() throws Exception {
    CapsuleReader reader = new CapsuleReader();
    assertEquals(List.of(), read(reader, "3703aabb"));
    assertEquals(
        List.of(ByteBuffer.wrap(new byte[] {0x41})),
        read(reader, "cc" + "00020055" + "00020041").subList(1, 2));
    assertEquals("a context of somebody's", List.of(), read(reader, "000304aabb"));
  }

  @Test
  public void refusesWhatNoDatagramIs() {
    assertThat(refusal("0080010008"), containsString("65544"));
    assertThat(refusal("0000"), containsString("context"));
  }
}
