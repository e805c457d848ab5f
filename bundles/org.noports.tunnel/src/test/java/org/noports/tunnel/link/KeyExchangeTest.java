package org.noports.tunnel.link;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.Secret;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.protocol.np2.LinkPreface;
import org.noports.protocol.np2.RecordHeader;
import org.noports.protocol.np2.RecordType;

/** Keys that change while data flows. */
public class KeyExchangeTest {
  private static final Suite CHACHA = Suite.X25519_CHACHA20_POLY1305;
  private static final Suite AES = Suite.X25519_AES_256_GCM;

  private final JdkAlgorithms algorithms = new JdkAlgorithms(AES, CHACHA);
  private LinkEnd client = LinkEnd.of(true, 1, algorithms);
  private LinkEnd device = LinkEnd.of(false, 1, algorithms);
  private int sent;

  @Before
  public void freeze() {
    client.channel.freezeTime();
    device.channel.freezeTime();
  }

  private void open(LinkLimits limits) {
    client.start(0, limits);
    device.start(0, limits);
    LinkEnd.exchange(client, device);
    assertTrue(client.opened && device.opened);
  }

  private SuiteAlgorithms of(Suite suite) {
    return algorithms.algorithms(suite).orElseThrow();
  }

  /** Data both ways arrives unchanged. */
  private void dataFlows() {
    byte[] bytes = new byte[5000];
    new Random(sent++).nextBytes(bytes);
    for (LinkEnd end : List.of(client, device)) {
      end.data.clear();
      end.send(bytes);
      end.link.flush();
    }
    LinkEnd.exchange(client, device);
    assertTrue("client " + client.why, client.why.isEmpty());
    assertTrue("device " + device.why, device.why.isEmpty());
    assertArrayEquals(bytes, client.data());
    assertArrayEquals(bytes, device.data());
  }

  private void advance(Duration time) {
    for (LinkEnd end : List.of(client, device)) {
      end.channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
      end.channel.runScheduledPendingTasks();
    }
  }

  @Test
  public void aKeyServesSoManyBytesAndThenIsReplacedByTheNext() {
    open(LinkLimits.DEFAULT.ratchetEvery(10_000, Duration.ofMinutes(10)));
    for (int i = 0; i < 10; i++) {
      dataFlows();
    }
    // Preface and confirm are gone by; each ratchet is a record of one byte.
    client.send(new byte[5000]);
    client.link.flush();
    assertEquals(5020 + 21, client.written().length);
    assertEquals(4, algorithms.keysInUse.get());
  }

  @Test
  public void aKeyThatWasUsedServesTenMinutesOnly() {
    open(LinkLimits.DEFAULT);
    advance(Duration.ofMinutes(10));
    assertEquals("the confirm record has used it", 21, client.written().length);
    client.receive(device.written());
    advance(Duration.ofMinutes(10));
    assertEquals("a key that sealed nothing may stay", 0, client.written().length);
  }

  @Test
  public void exchangesThatAreDoneLeaveNothingThatWaits() {
    open(LinkLimits.DEFAULT);
    for (int i = 0; i < 5; i++) {
      client.link.freshKeys(of(i % 2 == 0 ? CHACHA : AES));
      LinkEnd.exchange(client, device);
    }
    assertEquals(5, client.news.size());
    for (LinkEnd end : List.of(client, device)) {
      end.channel.advanceTimeBy(LinkLimits.DEFAULT.answerWithin().toNanos(), TimeUnit.NANOSECONDS);
      assertFalse(end.channel.hasPendingTasks());
    }
  }

  @Test
  public void dataFlowsOnUnderKeysThatAge() {
    open(LinkLimits.DEFAULT);
    for (int i = 0; i < 13; i++) {
      dataFlows();
      advance(Duration.ofMinutes(9).plusSeconds(30));
      LinkEnd.exchange(client, device);
    }
    assertThat(client.news, hasItem("changed aes256gcm"));
  }

  @Test
  public void aKeyThatHasServedItsTimeIsNotTakenAnyMore() throws Exception {
    Sealing sealing = new Sealing();
    Opening opening = new Opening();
    sealing.use(of(AES), Secret.owning(new byte[32]));
    opening.use(of(AES), Secret.owning(new byte[32]));
    var sink = new RecordingSink();
    var channel = new EmbeddedChannel(new OpenRecords(opening, sink, 1000));
    channel.writeInbound(Unpooled.wrappedBuffer(new LinkPreface(0, 0).bytes()));
    for (int left = 1000 + RecordHeader.MAX_CLEAR; left > 0; left -= RecordHeader.MAX_CLEAR) {
      ByteBuffer record = ByteBuffer.allocate(LinkScratch.ROOM);
      sealing.seal(
          RecordType.DATA, ByteBuffer.allocate(Math.min(left, RecordHeader.MAX_CLEAR)), record);
      channel.writeInbound(Unpooled.wrappedBuffer(record));
      assertTrue(sink.failure.isEmpty());
    }
    ByteBuffer record = ByteBuffer.allocate(100);
    sealing.seal(RecordType.DATA, ByteBuffer.allocate(1), record);
    channel.writeInbound(Unpooled.wrappedBuffer(record));
    assertThat(sink.failure.orElseThrow().getMessage(), containsString("served its time"));
    assertEquals(1000 + RecordHeader.MAX_CLEAR, sink.data.readableBytes());
  }

  @Test
  public void everyHourTheClientHasBothEndsAgreeOnAFreshSecret() {
    open(LinkLimits.DEFAULT);
    Secret before = client.root.secret();
    dataFlows();
    advance(Duration.ofHours(1));
    LinkEnd.exchange(client, device);
    assertEquals(List.of("changed aes256gcm"), client.news);
    assertEquals(List.of("changed aes256gcm"), device.news);
    assertEquals(1, client.root.epoch());
    assertEquals(1, device.root.epoch());
    assertArrayEquals(
        client.root.secret().exposeSecretBytes(), device.root.secret().exposeSecretBytes());
    assertThrows("the old root is wiped", IllegalStateException.class, before::exposeSecretBytes);
    dataFlows();
    assertEquals(4, algorithms.keysInUse.get());
  }

  @Test
  public void theDeviceAsksForAFreshSecretIfTheClientDoesNot() {
    open(LinkLimits.DEFAULT);
    device.channel.advanceTimeBy(61, TimeUnit.MINUTES);
    device.channel.runScheduledPendingTasks();
    LinkEnd.exchange(client, device);
    assertEquals(List.of("changed aes256gcm"), client.news);
    dataFlows();
  }

  @Test
  public void eitherEndMovesTheLinkToAnotherSuiteWhileDataIsUnderWay() {
    for (LinkEnd offers : List.of(client, device)) {
      client.data.clear();
      device.data.clear();
      if (client.link == null) {
        open(LinkLimits.DEFAULT);
      }
      Suite to = client.root.algorithms().suite().equals(AES) ? CHACHA : AES;
      for (LinkEnd end : List.of(client, device)) {
        end.send(new byte[100]);
      }
      offers.link.freshKeys(of(to));
      for (LinkEnd end : List.of(client, device)) {
        end.send(new byte[100]);
        end.link.flush();
      }
      LinkEnd.exchange(client, device);
      assertEquals(200, client.data().length);
      assertEquals(200, device.data().length);
      assertEquals(to, client.root.algorithms().suite());
      assertEquals(to, device.root.algorithms().suite());
      dataFlows();
    }
    assertEquals("old keys die", 4, algorithms.keysInUse.get());
  }

  @Test
  public void theClientsOfferWinsIfBothOffer() {
    open(LinkLimits.DEFAULT);
    device.link.freshKeys(of(AES));
    client.link.freshKeys(of(CHACHA));
    LinkEnd.exchange(client, device);
    assertEquals(CHACHA, client.root.algorithms().suite());
    assertEquals(CHACHA, device.root.algorithms().suite());
    assertEquals(1, client.root.epoch());
    dataFlows();
  }

  @Test
  public void anOfferDuringAnExchangeFollowsIt() {
    open(LinkLimits.DEFAULT);
    client.link.freshKeys(of(CHACHA));
    client.link.freshKeys(of(AES));
    LinkEnd.exchange(client, device);
    assertEquals(AES, device.root.algorithms().suite());
    assertEquals(2, device.root.epoch());
    dataFlows();
  }

  @Test
  public void aSuiteThatTheOtherEndHasNotIsDeclinedAndNothingChanges() {
    device = LinkEnd.of(false, 1, new JdkAlgorithms(AES));
    device.channel.freezeTime();
    open(LinkLimits.DEFAULT);
    client.link.freshKeys(of(CHACHA));
    LinkEnd.exchange(client, device);
    assertEquals(List.of("declined " + RecordCipher.CHACHA20_POLY1305), client.news);
    assertEquals(AES, client.root.algorithms().suite());
    dataFlows();
  }

  @Test
  public void whoDeclinesSaysSoBeforeItOffersItself() {
    device = LinkEnd.of(false, 1, new JdkAlgorithms(AES));
    device.channel.freezeTime();
    open(LinkLimits.DEFAULT);
    device.link.freshKeys(of(AES));
    device.link.freshKeys(of(AES));
    client.link.freshKeys(of(CHACHA));
    LinkEnd.exchange(client, device);
    assertEquals(List.of("declined chacha20poly1305", "changed aes256gcm"), client.news);
    assertEquals(List.of("changed aes256gcm"), device.news);
    assertEquals(1, client.root.epoch());
    advance(Duration.ofSeconds(30));
    dataFlows();
  }

  @Test
  public void anOfferThatIsNeverAnsweredEndsTheLink() {
    open(LinkLimits.DEFAULT);
    client.link.freshKeys(of(AES));
    client.channel.advanceTimeBy(30, TimeUnit.SECONDS);
    client.channel.runScheduledPendingTasks();
    assertTrue(client.ended);
    assertThat(
        client.why.orElseThrow().getMessage(), containsString("does not finish an exchange"));
  }

  @Test
  public void aLinkThatEndsDuringAnExchangeLeavesNoKeyInUse() {
    open(LinkLimits.DEFAULT);
    client.link.freshKeys(of(CHACHA));
    device.receive(client.written());
    client.channel.close();
    device.channel.close();
    assertEquals(0, algorithms.keysInUse.get());
  }

  @Test
  public void theNextLinkBeginsWithTheKeysOfTheNewRoot() {
    open(LinkLimits.DEFAULT);
    client.link.freshKeys(of(CHACHA));
    LinkEnd.exchange(client, device);
    LinkEnd late = new LinkEnd(device.keys, device.root).start(1, LinkLimits.DEFAULT);
    LinkEnd early = LinkEnd.of(true, 1, algorithms).start(1, LinkLimits.DEFAULT);
    byte[] wire = late.written();
    early.receive(wire);
    assertThat(
        early.why.orElseThrow().getMessage(),
        containsString("link 1 of epoch 1, and not with 1 of epoch 0"));
    client = new LinkEnd(client.keys, client.root).start(1, LinkLimits.DEFAULT);
    late.receive(client.written());
    client.receive(wire);
    device = late;
    dataFlows();
  }
}
