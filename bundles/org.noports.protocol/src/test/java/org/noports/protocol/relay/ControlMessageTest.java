package org.noports.protocol.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.Test;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.protocol.Refused;
import org.noports.protocol.WireVectors;
import org.noports.protocol.relay.ControlMessage.ConnectLegacy;
import org.noports.protocol.relay.ControlMessage.ConnectTwin;
import org.noports.protocol.relay.ControlMessage.Heartbeat;
import org.noports.protocol.relay.ControlMessage.StreamKey;
import org.noports.protocol.relay.ControlMessage.Unknown;

public class ControlMessageTest {
  private static StreamKey key(int key, int iv) {
    byte[] keyBytes = new byte[32];
    byte[] ivBytes = new byte[16];
    Arrays.fill(keyBytes, (byte) key);
    Arrays.fill(ivBytes, (byte) iv);
    return new StreamKey(Secret.owning(keyBytes), ivBytes);
  }

  private static byte[] opened() {
    return WireVectors.aesCtr(
        WireVectors.hex("control.key"),
        WireVectors.hex("control.iv"),
        WireVectors.hex("control.sealed"));
  }

  /** The messages' own bytes stand for them: keys are not comparable. */
  private static String read(ControlMessageReader reader, byte[] bytes) throws ProtocolViolation {
    StringBuilder all = new StringBuilder();
    for (ControlMessage message : reader.read(ByteBuffer.wrap(bytes))) {
      all.append(new String(message.toBytes(), US_ASCII));
    }
    return all.toString();
  }

  @Test
  public void theVectorIsAConnectAndAHeartbeat() throws Exception {
    List<ControlMessage> messages = new ControlMessageReader(false).read(ByteBuffer.wrap(opened()));
    assertEquals(2, messages.size());
    StreamKey both = ((ConnectLegacy) messages.get(0)).both();
    assertArrayEquals(key(1, 2).key().exposeSecretBytes(), both.key().exposeSecretBytes());
    assertArrayEquals(key(1, 2).iv(), both.iv());
    assertEquals(new Heartbeat(1), messages.get(1));
  }

  @Test
  public void theVectorIsWrittenByteForByte() {
    byte[] connect = new ConnectLegacy(key(1, 2)).toBytes();
    byte[] heartbeat = new Heartbeat(1).toBytes();
    byte[] both = Arrays.copyOf(connect, connect.length + heartbeat.length);
    System.arraycopy(heartbeat, 0, both, connect.length, heartbeat.length);
    assertEquals(78, connect.length);
    assertArrayEquals(opened(), both);
  }

  @Test
  public void twinKeysMakeAMessageOf148Bytes() throws Exception {
    byte[] bytes = new ConnectTwin(key(1, 2), key(3, 4)).toBytes();
    assertEquals(148, bytes.length);
    ConnectTwin read =
        (ConnectTwin) new ControlMessageReader(false).read(ByteBuffer.wrap(bytes)).get(0);
    assertArrayEquals(
        key(3, 4).key().exposeSecretBytes(), read.deviceToClient().key().exposeSecretBytes());
    assertArrayEquals(key(1, 2).iv(), read.clientToDevice().iv());
  }

  @Test
  public void messagesAreTheSameHoweverTheyArrive() throws Exception {
    StringBuilder sent = new StringBuilder();
    Random random = new Random(3);
    for (int i = 1; i <= 40; i++) {
      ControlMessage message =
          switch (random.nextInt(4)) {
            case 0 -> new ConnectLegacy(key(i, i + 1));
            case 1 -> new ConnectTwin(key(i, 7), key(i + 2, 8));
            case 2 -> new ControlMessage.ConnectClear();
            default -> new Heartbeat(i);
          };
      sent.append(new String(message.toBytes(), US_ASCII));
    }
    byte[] all = sent.toString().getBytes(US_ASCII);
    for (int round = 0; round < 50; round++) {
      ControlMessageReader reader = new ControlMessageReader(false);
      StringBuilder got = new StringBuilder();
      for (int at = 0; at < all.length; ) {
        int end = Math.min(all.length, at + 1 + random.nextInt(200));
        got.append(read(reader, Arrays.copyOfRange(all, at, end)));
        at = end;
      }
      assertEquals(sent.toString(), got.toString());
    }
  }

  @Test
  public void halfAMessageOfTwinKeysIsNeverTakenForAnOldMessage() throws Exception {
    byte[] twin = new ConnectTwin(key(1, 2), key(3, 4)).toBytes();
    ControlMessageReader reader = new ControlMessageReader(false);
    assertEquals("", read(reader, Arrays.copyOf(twin, 77)));
    assertEquals(
        new String(twin, US_ASCII), read(reader, Arrays.copyOfRange(twin, 77, twin.length)));
  }

  @Test
  public void messagesOfOldClientsHaveNoNewline() throws Exception {
    byte[] connect = new ConnectLegacy(key(1, 2)).toBytes();
    byte[] old = Arrays.copyOf(connect, 77);
    ControlMessageReader reader = new ControlMessageReader(true);
    assertEquals(new String(connect, US_ASCII), read(reader, old));
    byte[] two = Arrays.copyOf(old, 154);
    System.arraycopy(old, 0, two, 77, 77);
    assertEquals(new String(connect, US_ASCII).repeat(2), read(reader, two));
    assertEquals("", read(reader, Arrays.copyOf(old, 40)));
    assertEquals(new String(connect, US_ASCII), read(reader, Arrays.copyOfRange(old, 40, 77)));
  }

  @Test
  public void onceANewlineWasSeenLengthDoesNotMatter() throws Exception {
    ControlMessageReader reader = new ControlMessageReader(true);
    assertEquals("heartbeat:1\n", read(reader, "heartbeat:1\n".getBytes(US_ASCII)));
    byte[] twin = new ConnectTwin(key(1, 2), key(3, 4)).toBytes();
    assertEquals("", read(reader, Arrays.copyOf(twin, 77)));
  }

  @Test
  public void unknownMessagesAndEmptyLinesDoNoHarm() throws Exception {
    ControlMessageReader reader = new ControlMessageReader(false);
    List<ControlMessage> got = new ArrayList<>();
    for (String line :
        new String[] {"\n", "\r\n", "resize:80:24\n", "\u0000\u0001\n", "heartbeat:2\n"}) {
      got.addAll(reader.read(ByteBuffer.wrap(line.getBytes(US_ASCII))));
    }
    assertEquals(
        List.of(new Unknown(""), new Unknown("resize"), new Unknown(""), new Heartbeat(2)), got);
  }

  @Test
  public void malformedMessagesAreRefused() {
    String good = new String(new ConnectLegacy(key(1, 2)).toBytes(), US_ASCII);
    for (String line :
        new String[] {
          "connect:\n",
          "connect:a\n",
          "connect:a:b\n",
          "connect:a:b:c\n",
          good.replace("AQEB", "A!EB"),
          good.replace("AgIC", "AgICAgIC"),
          good.replace("\n", ":x\n"),
          "heartbeat:\n",
          "heartbeat:x\n",
          "x".repeat(600)
        }) {
      Refused.naming("control message", () -> read(line));
    }
  }

  private static Object read(String line) throws ProtocolViolation {
    return new ControlMessageReader(false).read(ByteBuffer.wrap(line.getBytes(US_ASCII)));
  }

  @Test
  public void closingAMessageWipesItsKeysAndPrintingItShowsNone() {
    ConnectTwin twin = new ConnectTwin(key(1, 2), key(3, 4));
    assertFalse(twin.toString().contains("AQEB"));
    twin.close();
    assertThrows(IllegalStateException.class, twin::toBytes);
  }
}
