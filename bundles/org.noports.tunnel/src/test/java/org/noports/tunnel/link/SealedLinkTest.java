package org.noports.tunnel.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.Test;
import org.noports.api.ProtocolViolation;
import org.noports.api.RelayUnavailable;
import org.noports.protocol.np2.LinkPreface;
import org.noports.protocol.np2.RecordHeader;
import org.noports.protocol.np2.RecordType;

public class SealedLinkTest {
  private static final int OVERHEAD = RecordHeader.LENGTH + 16;
  private static final int CONFIRM = OVERHEAD + 32;

  private final JdkAlgorithms algorithms =
      new JdkAlgorithms(JdkAlgorithms.BOTH.usable().toArray(org.noports.api.tunnel.Suite[]::new));
  private final LinkEnd client = LinkEnd.of(true, 1, algorithms);
  private final LinkEnd device = LinkEnd.of(false, 1, algorithms);

  private void open() {
    client.start();
    device.start();
    LinkEnd.exchange(client, device);
    assertTrue(client.opened && device.opened);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static void violated(LinkEnd end, String sentence) {
    assertTrue("not ended", end.ended);
    assertEquals(1, end.endings);
    assertThat(end.why.orElseThrow(), instanceOf(ProtocolViolation.class));
    assertThat(end.why.get().getMessage(), containsString(sentence));
    assertFalse(end.channel.isOpen());
  }

  @Test
  public void bothEndsProveThemselvesAndThenCarryDataBothWays() {
    open();
    client.send("from the client".getBytes(US_ASCII));
    client.link.flush();
    device.send("from the device".getBytes(US_ASCII));
    device.link.flush();
    LinkEnd.exchange(client, device);
    assertEquals("from the client", new String(device.data(), US_ASCII));
    assertEquals("from the device", new String(client.data(), US_ASCII));
  }

  @Test
  public void nothingOfTheContentIsOnTheWire() {
    open();
    client.send("secret".repeat(100).getBytes(US_ASCII));
    client.link.flush();
    assertFalse(new String(client.written(), US_ASCII).contains("secret"));
  }

  @Test
  public void manySmallPiecesLeaveAsOneRecordAndLargeOnesAsFullRecords() {
    open();
    for (int i = 0; i < 1000; i++) {
      client.send(new byte[10]);
    }
    client.link.flush();
    assertEquals(10_000 + OVERHEAD, client.written().length);
    client.send(new byte[200_000]);
    client.link.flush();
    assertEquals(200_000 + 4 * OVERHEAD, client.written().length);
  }

  @Test
  public void dataArrivesUnchangedHoweverTheNetworkCutsIt() {
    open();
    byte[] sent = random(300_000);
    client.send(sent);
    client.link.flush();
    byte[] wire = client.written();
    var sizes = new Random(1);
    for (int at = 0; at < wire.length; ) {
      int size = Math.min(wire.length - at, 1 + sizes.nextInt(sizes.nextBoolean() ? 5 : 100_000));
      device.receive(Arrays.copyOfRange(wire, at, at + size));
      at += size;
    }
    assertArrayEquals(sent, device.data());
  }

  @Test
  public void whatIsSentIsReadOnlyForTheLink() {
    open();
    ByteBuf kept = Unpooled.directBuffer().writeBytes(random(1000));
    client.link.send(kept.retainedSlice());
    client.link.flush();
    assertEquals(Unpooled.wrappedBuffer(random(1000)), kept);
    assertEquals(1, kept.refCnt());
  }

  @Test
  public void acknowledgementsGoBehindTheDataBeforeThem() {
    open();
    client.send(new byte[5]);
    client.link.ack(1L << 40);
    client.link.flush();
    LinkEnd.exchange(client, device);
    assertEquals(List.of(1L << 40), device.acks);
    assertEquals(5, device.data().length);
  }

  @Test
  public void nothingIsSentBeforeTheOtherEndHasProvenItself() {
    client.start();
    assertEquals(LinkPreface.LENGTH + CONFIRM, client.written().length);
    assertThrows(IllegalStateException.class, () -> client.send(new byte[1]));
    client.link.flush();
    client.link.ack(1);
    assertEquals(0, client.written().length);
  }

  @Test
  public void anEndThatSendsBeforeItHasProvenItselfIsRefused() throws Exception {
    client.start();
    device.start();
    byte[] wire = device.written();
    byte[] data = seal(device, RecordType.DATA, 0, 3);
    client.receive(Arrays.copyOf(wire, LinkPreface.LENGTH));
    client.receive(data);
    violated(client, "sent DATA before it had proven itself");
    assertEquals(0, client.data().length);
  }

  /** A record sealed by whoever has all keys, without the order that the link keeps. */
  private byte[] seal(LinkEnd end, RecordType type, int before, int length) throws Exception {
    // The end's own root is spent.
    var keys = LinkEnd.keys(end.keys.client(), 1, algorithms);
    var plan = new LinkPlan(keys, new SessionRoot(keys), 0, LinkLimits.DEFAULT);
    var events = new LinkInput.KeyNews(end.link, end);
    try (var keyring = new LinkKeyring(end.channel, plan, events)) {
      var record = java.nio.ByteBuffer.allocate(100_000);
      for (int i = 0; i <= before; i++) {
        keyring.sealing.seal(type, java.nio.ByteBuffer.allocate(length), record);
      }
      byte[] bytes = new byte[record.remaining()];
      record.get(bytes);
      return bytes;
    }
  }

  @Test
  public void anEndThatProvesItselfTwiceOrSendsWhatIsNoRecordIsRefused() throws Exception {
    for (RecordType type :
        List.of(RecordType.CONFIRM, RecordType.ACK, RecordType.CLOSE, RecordType.REKEY)) {
      LinkEnd one = LinkEnd.of(true, 1, algorithms).start();
      LinkEnd other = LinkEnd.of(false, 1, algorithms).start();
      LinkEnd.exchange(one, other);
      one.receive(seal(other, type, 1, 3));
      violated(one, "link 0: ");
    }
  }

  @Test
  public void paddingSaysNothing() throws Exception {
    open();
    client.receive(seal(device, RecordType.PADDING, 1, 3));
    assertFalse(client.ended);
    assertEquals(0, client.data().length);
  }

  @Test
  public void aLinkOfAnotherSessionLinkOrRoundOfKeysIsRefused() {
    LinkEnd other = LinkEnd.of(false, 9, algorithms).start();
    client.start();
    client.receive(other.written());
    violated(client, "is not what the other end sealed there");
    LinkEnd second = LinkEnd.of(true, 1, algorithms).start(2, LinkLimits.DEFAULT);
    second.receive(device.start().written());
    violated(second, "paired us with link 0 of epoch 0, and not with 2 of epoch 0");
  }

  @Test
  public void anEndThatHearsItselfIsRefused() {
    client.start();
    client.receive(client.written());
    violated(client, "is not what the other end sealed there");
  }

  @Test
  public void aRightKeyWithAWrongConfirmSecretIsNotEnough() throws Exception {
    client.start();
    device.start();
    byte[] wire = device.written();
    client.receive(Arrays.copyOf(wire, LinkPreface.LENGTH));
    client.receive(seal(device, RecordType.CONFIRM, 0, 32));
    violated(client, "not who agreed on this session");
  }

  @Test
  public void closingIsKnownToBothEndsBehindAllData() {
    open();
    client.send(random(100_000));
    client.link.close();
    client.link.close();
    LinkEnd.exchange(client, device);
    assertTrue(client.ended && device.ended);
    assertTrue(client.why.isEmpty() && device.why.isEmpty());
    assertArrayEquals(random(100_000), device.data());
    assertFalse(client.channel.isOpen() || device.channel.isOpen());
    client.send(new byte[1]);
    assertEquals(0, client.written().length);
  }

  @Test
  public void anEndWithoutACloseRecordIsACut() {
    open();
    client.channel.close();
    violated(client, "ended without a close record");
    device.send(new byte[1000]);
    device.link.flush();
    device.channel.close();
    violated(device, "ended without a close record");
  }

  @Test
  public void aCutBeforeTheProofIsTheRelaysFault() {
    client.start();
    client.channel.close();
    assertThat(client.why.orElseThrow(), instanceOf(RelayUnavailable.class));
  }

  @Test
  public void waitingForAProofAndForAGoodbyeHasAnEnd() {
    client.channel.freezeTime();
    client.start();
    client.channel.advanceTimeBy(10, TimeUnit.SECONDS);
    client.channel.runScheduledPendingTasks();
    assertThat(client.why.orElseThrow(), instanceOf(RelayUnavailable.class));
    LinkEnd other = LinkEnd.of(true, 1, algorithms);
    other.channel.freezeTime();
    other.start();
    device.start();
    LinkEnd.exchange(other, device);
    other.link.close();
    other.channel.advanceTimeBy(5, TimeUnit.SECONDS);
    other.channel.runScheduledPendingTasks();
    assertTrue(other.ended && other.why.isEmpty());
  }

  @Test
  public void afterTheEndNoKeyIsInUse() {
    open();
    assertEquals(4, algorithms.keysInUse.get());
    client.link.close();
    LinkEnd.exchange(client, device);
    assertEquals(0, algorithms.keysInUse.get());
  }

  @Test
  public void noBufferIsLeftWhenALinkEndsInTheMiddleOfARecord() {
    open();
    ByteBuf waiting = Unpooled.directBuffer().writeZero(10);
    client.link.send(waiting);
    ByteBuf part = Unpooled.directBuffer().writeBytes(new byte[] {0, 1, 0, 2, 7});
    client.channel.writeInbound(part);
    client.channel.close();
    assertEquals(0, waiting.refCnt());
    assertEquals(0, part.refCnt());
  }

  @Test
  public void theLinkAsksToWaitWhileTheNetworkTakesNothing() {
    open();
    assertTrue(client.link.isWritable());
    client.link.send(Unpooled.directBuffer().writeZero(600 * 1024));
    assertFalse(client.link.isWritable());
    client.link.flush();
    assertTrue(client.link.isWritable());
  }

  @Test
  public void theDurationsOfALinkAreThoseOfTheProtocol() {
    assertEquals(1L << 30, LinkLimits.DEFAULT.ratchetBytes());
    assertEquals(Duration.ofMinutes(10), LinkLimits.DEFAULT.ratchetAfter());
    assertEquals(Duration.ofHours(1), LinkLimits.DEFAULT.freshAfter());
  }

  @Test
  public void aLinkThatStandsLeavesNothingItsKeysCouldBeComputedFrom() throws Exception {
    SessionRoot root = device.root;
    byte[] before = root.secret().exposeSecretBytes();
    device.start();
    assertThrows(
        "the handshake's root is the session's alone",
        IllegalStateException.class,
        device.keys.root()::exposeSecretBytes);
    assertFalse(Arrays.equals(before, root.secret().exposeSecretBytes()));
    assertThrows(IllegalStateException.class, () -> new SessionRoot(device.keys));
  }
}
