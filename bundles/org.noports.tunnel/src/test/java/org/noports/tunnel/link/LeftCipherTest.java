package org.noports.tunnel.link;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.Test;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.protocol.np2.KeyChange;
import org.noports.protocol.np2.LinkKeys;
import org.noports.protocol.np2.LinkPreface;
import org.noports.protocol.np2.RecordHeader;
import org.noports.protocol.np2.RecordType;

/** A cipher that must not be used any more is left, and the link stays. */
public class LeftCipherTest {
  private static final Suite CHACHA = Suite.X25519_CHACHA20_POLY1305;
  private static final Suite AES = Suite.X25519_AES_256_GCM;

  private JdkAlgorithms atDevice = new JdkAlgorithms(AES, CHACHA);
  private final JdkAlgorithms atClient = new JdkAlgorithms(AES, CHACHA);
  private LinkEnd client;
  private LinkEnd device;

  private void open() {
    client = LinkEnd.of(true, 1, atClient).start();
    device = LinkEnd.of(false, 1, atDevice).start();
    LinkEnd.exchange(client, device);
    assertTrue(client.opened && device.opened);
  }

  private SuiteAlgorithms of(Suite suite) {
    return atClient.algorithms(suite).orElseThrow();
  }

  private void dataFlowsUnder(Suite suite) {
    byte[] bytes = new byte[5000];
    new Random(7).nextBytes(bytes);
    for (LinkEnd end : List.of(client, device)) {
      assertTrue(end.opened);
      assertEquals(suite, end.root.algorithms().suite());
      end.data.clear();
      end.send(bytes);
      end.link.flush();
    }
    LinkEnd.exchange(client, device);
    assertArrayEquals(bytes, client.data());
    assertArrayEquals(bytes, device.data());
  }

  @Test
  public void nothingIsSealedOrOpenedUnderItFromThatMomentOn() {
    open();
    client.send(new byte[100]);
    device.send(new byte[200]);
    device.link.flush();
    byte[] underWay = device.written();
    client.link.leave(of(CHACHA));
    assertEquals("its keys are gone before a byte is sent", 0, atClient.keysInUse.get());
    client.send(new byte[300]);
    client.link.ack(5);
    client.link.flush();
    client.receive(underWay);
    byte[] said = client.written();
    assertEquals("in clear", 8, said[3]);
    assertEquals("and nothing else", said.length, 4 + (said[1] & 0xff) * 256 + (said[2] & 0xff));
    device.receive(said);
    assertEquals("no record was opened", 0, client.data().length + device.data().length);
    LinkEnd.exchange(client, device);
    assertEquals(List.of("stopped", "changed chacha20poly1305"), client.news);
    assertEquals(List.of("stopped", "changed chacha20poly1305"), device.news);
    assertEquals("what was lost is for the session to send", 0, device.data().length);
    dataFlowsUnder(CHACHA);
    assertEquals(2, atClient.keysInUse.get());
    client.link.close();
    LinkEnd.exchange(client, device);
    assertTrue(client.why.isEmpty() && device.why.isEmpty() && client.ended && device.ended);
  }

  @Test
  public void whatTheOtherEndHadNotSealedYetIsNotSentTwice() {
    open();
    device.send(new byte[100]);
    client.link.leave(of(CHACHA));
    LinkEnd.exchange(client, device);
    device.link.flush();
    LinkEnd.exchange(client, device);
    assertEquals(0, client.data().length);
    dataFlowsUnder(CHACHA);
  }

  @Test
  public void theDeviceLeavesAsTheClientDoes() {
    open();
    device.link.leave(of(CHACHA));
    LinkEnd.exchange(client, device);
    dataFlowsUnder(CHACHA);
    client.link.freshKeys(of(AES));
    LinkEnd.exchange(client, device);
    dataFlowsUnder(AES);
  }

  @Test
  public void theClientsOfferStandsIfBothLeave() {
    open();
    device.link.leave(of(CHACHA));
    client.link.leave(of(CHACHA));
    LinkEnd.exchange(client, device);
    assertEquals(1, client.root.epoch());
    dataFlowsUnder(CHACHA);
  }

  @Test
  public void anOfferThatWasSaidUnderItIsAsIfNeverMade() {
    open();
    device.link.freshKeys(of(AES));
    client.link.leave(of(CHACHA));
    LinkEnd.exchange(client, device);
    assertEquals(1, device.root.epoch());
    dataFlowsUnder(CHACHA);
    device.link.freshKeys(of(AES));
    LinkEnd.exchange(client, device);
    dataFlowsUnder(AES);
  }

  @Test
  public void whoHasNotTheOtherSuiteDeclinesAndNothingPassesUntilThereIsAnother() {
    atDevice = new JdkAlgorithms(AES);
    open();
    client.link.leave(of(CHACHA));
    LinkEnd.exchange(client, device);
    assertEquals(List.of("stopped", "declined chacha20poly1305"), client.news);
    assertFalse("it must be cut", client.opened || client.link.isWritable());
    client.send(new byte[10]);
    client.link.flush();
    assertEquals(0, client.written().length);
    assertFalse("another may be offered", client.link.isExchanging());
  }

  private static byte[] changed(byte[] record, int bit) {
    byte[] other = record.clone();
    other[bit / 8] ^= (byte) (1 << bit % 8);
    return other;
  }

  private static void violated(LinkEnd end) {
    assertEquals(ProtocolViolation.class, end.why.orElseThrow().getClass());
  }

  @Test
  public void whoeverChangesABitOfEitherRecordEndsTheLink() {
    open();
    client.link.leave(of(CHACHA));
    int bits = client.written().length * 8;
    for (int bit = 32; bit < bits; bit += 7) {
      open();
      client.link.leave(of(CHACHA));
      device.receive(changed(client.written(), bit));
      violated(device);
    }
    for (int bit = 32; bit < 8 * 40; bit += 3) {
      open();
      client.link.leave(of(CHACHA));
      device.receive(client.written());
      client.receive(changed(device.written(), bit));
      violated(client);
    }
  }

  @Test
  public void aRecordServesOnceAndInItsDirectionOnly() {
    open();
    client.link.leave(of(CHACHA));
    byte[] offer = client.written();
    client.receive(offer);
    violated(client);
    device.receive(offer);
    byte[] answer = device.written();
    device.receive(offer);
    violated(device);
    open();
    device.receive(answer);
    violated(device);
  }

  @Test
  public void aDeclineOfOneOfferDeclinesNoOther() {
    atDevice = new JdkAlgorithms(AES);
    open();
    client.link.leave(of(CHACHA));
    device.receive(client.written());
    byte[] decline = device.written();
    client.receive(decline);
    client.link.leave(of(CHACHA));
    client.receive(decline);
    violated(client);
    assertThat(client.why.orElseThrow().getMessage(), containsString("put in on its way"));
  }

  /** What the device says to the client's offer, which stays unheard. */
  private byte[] deviceSays(KeyChange change) throws Exception {
    byte[] record = client.written();
    byte[] offer = Arrays.copyOfRange(record, RecordHeader.LENGTH, record.length - 32);
    byte[] content = change.bytes();
    var keys = new LinkKeys(device.root.algorithms().derivation());
    var link = new LinkPreface(0, device.root.epoch());
    try (Secret key = keys.leaving(device.root.secret(), device.keys.transcript(), link, false)) {
      byte[] proof = keys.proof(key, offer, content);
      int length = content.length + proof.length;
      return ByteBuffer.allocate(RecordHeader.LENGTH + length)
          .putInt(RecordHeader.of(length, RecordType.LEAVE))
          .put(content)
          .put(proof)
          .array();
    }
  }

  @Test
  public void whatIsProvenForAnotherEpochEndsTheLink() throws Exception {
    byte[] share = of(CHACHA).agreement().generate().publicKey();
    for (int epoch : new int[] {0, 2}) {
      for (KeyChange change :
          List.of(new KeyChange.Answer(epoch, share), new KeyChange.Decline(epoch))) {
        open();
        client.link.leave(of(CHACHA));
        client.receive(deviceSays(change));
        violated(client);
        assertThat(client.why.orElseThrow().getMessage(), containsString("of another epoch"));
      }
    }
    open();
    client.link.leave(of(CHACHA));
    client.receive(deviceSays(new KeyChange.Answer(1, share)));
    assertTrue("the next epoch's is taken", client.opened);
  }

  @Test
  public void whatIsDroppedCostsNothingAndWhatIsMovedBehindOfferOrAnswerCostsTheLink() {
    for (boolean leavers : new boolean[] {true, false}) {
      open();
      LinkEnd says = leavers ? client : device;
      LinkEnd hears = leavers ? device : client;
      says.send(new byte[100]);
      says.link.flush();
      byte[] before = says.written();
      client.link.leave(of(CHACHA));
      LinkEnd.exchange(client, device);
      dataFlowsUnder(CHACHA);
      hears.receive(before);
      violated(hears);
    }
  }

  @Test
  public void anExchangeThatBeginsWhereACipherWasLeftMustBeFinishedInTime() {
    for (boolean leaver : new boolean[] {true, false}) {
      open();
      LinkEnd waits = leaver ? client : device;
      waits.channel.freezeTime();
      waits.whenOpened = () -> waits.link.freshKeys(of(AES));
      client.link.leave(of(CHACHA));
      device.receive(client.written());
      client.receive(device.written());
      assertTrue("it has offered, and nobody answers", waits.opened && waits.link.isExchanging());
      waits.channel.advanceTimeBy(30, TimeUnit.SECONDS);
      waits.channel.runScheduledPendingTasks();
      violated(waits);
      assertThat(
          waits.why.orElseThrow().getMessage(), containsString("does not finish an exchange"));
    }
  }

  @Test
  public void nobodyLeavesBeforeHeHasProvenHimself() {
    open();
    client.link.leave(of(CHACHA));
    byte[] offer = client.written();
    LinkEnd early = LinkEnd.of(false, 1, atDevice).start();
    byte[] preface = Arrays.copyOf(LinkEnd.of(true, 1, atClient).start().written(), 16);
    early.receive(preface);
    early.receive(offer);
    violated(early);
    assertThat(early.why.orElseThrow().getMessage(), containsString("before it had proven itself"));
  }

  @Test
  public void whoHasSaidGoodbyePassesOverThatItsCipherIsLeftAndNothingElse() {
    open();
    client.link.leave(of(CHACHA));
    byte[] offer = client.written();
    device.link.close();
    device.receive(offer);
    assertTrue(device.news.isEmpty() && !device.ended);
    open();
    client.link.leave(of(CHACHA));
    device.link.close();
    device.receive(changed(client.written(), 100));
    violated(device);
  }

  @Test
  public void aLinkMayBeLeftInPiecesAndEndsWithoutAKeyInUse() {
    open();
    client.link.leave(of(CHACHA));
    List<byte[]> pieces = new ArrayList<>();
    for (byte one : client.written()) {
      pieces.add(new byte[] {one});
    }
    pieces.forEach(device::receive);
    LinkEnd.exchange(client, device);
    dataFlowsUnder(CHACHA);
    client.link.leave(of(AES));
    client.channel.close();
    device.channel.close();
    assertEquals(0, atClient.keysInUse.get() + atDevice.keysInUse.get());
  }
}
