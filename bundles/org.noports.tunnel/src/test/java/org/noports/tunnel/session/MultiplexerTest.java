package org.noports.tunnel.session;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.NoPortsException;
import org.noports.api.SessionGone;
import org.noports.tunnel.link.Link;

/** A device's multiplexer, to which a client says whatever it likes. */
public class MultiplexerTest {
  private final DefaultEventLoop loop = new DefaultEventLoop();
  private final Heard heard = new Heard();
  private final SaidLink link = new SaidLink();
  private Multiplexer device;

  /** What the session hears. */
  private static final class Heard implements Multiplexer.Host {
    final List<String> asked = new ArrayList<>();
    Optional<String> over = Optional.empty();
    Runnable ending = () -> {};

    @Override
    public void asked(MultiplexedStream stream, String request) {
      asked.add(request);
      stream.accept("");
    }

    @Override
    public void closed(MultiplexedStream stream) {
      asked.add("closed");
    }

    @Override
    public void lost(Optional<NoPortsException> failure) {
      asked.add("lost");
    }

    @Override
    public void carried() {
      asked.add("carried");
    }

    @Override
    public void over(String why) {
      over = over.or(() -> Optional.of(why));
      ending.run();
    }
  }

  /** Keeps what is sent on it. */
  private static final class SaidLink implements Link {
    final ByteBuf said = Unpooled.buffer();
    final List<Long> acks = new ArrayList<>();
    boolean writable = true;

    @Override
    public void send(ByteBuf clear) {
      said.writeBytes(clear);
      clear.release();
    }

    @Override
    public void ack(long offset) {
      acks.add(offset);
    }

    @Override
    public void flush() {
      // All of it is there already.
    }

    @Override
    public boolean isWritable() {
      return writable;
    }

    @Override
    public void close() {
      said.clear();
    }
  }

  @Before
  public void open() throws Exception {
    onLoop(
        () -> {
          device = new Multiplexer(loop, false, heard);
          device.channel().opened(link);
        });
  }

  @After
  public void close() throws Exception {
    onLoop(() -> device.channel().close());
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private void onLoop(Runnable task) throws Exception {
    loop.submit(task).get(60, TimeUnit.SECONDS);
    // What it has left for the end of its round, too.
    loop.submit(() -> {}).get(60, TimeUnit.SECONDS);
  }

  private static ByteBuf frame(int type, int flags, int stream, int length, String content) {
    ByteBuf frame = Unpooled.buffer();
    new Frame(type, flags, stream, length).write(frame);
    return frame.writeBytes(content.getBytes(StandardCharsets.UTF_8));
  }

  private static ByteBuf request(int stream, String words) {
    return frame(Frame.DATA, Frame.SYN, stream, words.length(), words);
  }

  private void says(ByteBuf... frames) throws Exception {
    onLoop(
        () -> {
          device.channel().data(link, Unpooled.wrappedBuffer(frames));
          device.channel().readComplete(link);
        });
  }

  private void isOverAfter(String reason, ByteBuf... frames) throws Exception {
    says(frames);
    String over = heard.over.orElse("nothing");
    assertTrue(over, over.contains(reason));
  }

  @Test
  public void aRequestIsAnsweredInItsFrame() throws Exception {
    says(request(1, "connect"));
    assertTrue(heard.asked.contains("connect"));
    assertEquals("000000020000000100000000", ByteBufUtil.hexDump(link.said));
  }

  @Test
  public void framesMayComeByteByByte() throws Exception {
    ByteBuf all = request(1, "connect");
    while (all.isReadable()) {
      says(all.readBytes(1));
    }
    assertTrue(heard.asked.contains("connect"));
  }

  @Test
  public void aPingIsAnsweredWithItsNumber() throws Exception {
    says(frame(Frame.PING, Frame.SYN, 0, 77, ""));
    assertEquals("00020002000000000000004d", ByteBufUtil.hexDump(link.said));
  }

  @Test
  public void aStreamThatIsClosedMayStillBeSpokenTo() throws Exception {
    says(request(1, "connect"), frame(Frame.WINDOW_UPDATE, Frame.RST, 1, 0, ""));
    says(frame(Frame.DATA, 0, 1, 3, "abc"));
    assertTrue(heard.asked.contains("closed"));
    assertEquals(Optional.empty(), heard.over);
  }

  @Test
  public void goingAwayEndsTheSession() throws Exception {
    isOverAfter("has closed it", frame(Frame.GO_AWAY, 0, 0, 0, ""));
  }

  @Test
  public void nothingIsOpenedBehindTheEndOfTheSession() throws Exception {
    heard.ending = () -> device.close(new SessionGone("The other end has gone"));
    says(frame(Frame.GO_AWAY, 0, 0, 0, ""), request(1, "connect"));
    assertFalse(heard.asked.toString(), heard.asked.contains("connect"));
  }

  @Test
  public void whoeverAsksAndTakesNoAnswersEndsTheSession() throws Exception {
    isOverAfter("does not take the answers", pings(300_000));
  }

  @Test
  public void whoeverSaysItHasAnswersThatItDoesNotReadEndsTheSession() throws Exception {
    onLoop(() -> link.writable = false);
    for (int i = 1; i <= 200 && heard.over.isEmpty(); i++) {
      says(pings(1000));
      long answered = 12_000L * i;
      onLoop(() -> device.channel().acked(link, answered));
    }
    assertTrue(heard.over.orElse("nothing").contains("does not take the answers"));
  }

  @Test
  public void pingsWhoseAnswersAreTakenAreNoneTooMany() throws Exception {
    for (int i = 1; i <= 40; i++) {
      says(pings(10_000));
      long answered = 120_000L * i;
      onLoop(() -> device.channel().acked(link, answered));
    }
    assertEquals(Optional.empty(), heard.over);
  }

  private static ByteBuf pings(int count) {
    ByteBuf pings = Unpooled.buffer(count * Frame.HEADER_BYTES);
    for (int i = 0; i < count; i++) {
      new Frame(Frame.PING, Frame.SYN, 0, i).write(pings);
    }
    return pings;
  }

  @Test
  public void moreThanTheCreditEndsTheSession() throws Exception {
    String most = "a".repeat(Inbox.FIRST_WINDOW);
    isOverAfter(
        "bytes more than the stream has credit for",
        request(1, "connect"),
        frame(Frame.DATA, 0, 1, most.length(), most));
  }

  @Test
  public void dataBehindTheEndEndsTheSession() throws Exception {
    isOverAfter(
        "data behind a stream's end",
        request(1, "connect"),
        frame(Frame.WINDOW_UPDATE, Frame.FIN, 1, 0, ""),
        frame(Frame.DATA, 0, 1, 1, "a"));
  }

  @Test
  public void aStreamOfOursCannotBeOpenedByOthers() throws Exception {
    isOverAfter("cannot be opened", request(2, "connect"));
  }

  @Test
  public void aNumberThatWasUsedCannotBeUsedAgain() throws Exception {
    isOverAfter("cannot be opened", request(3, "connect"), request(3, "connect"));
  }

  @Test
  public void framesForStreamsThatNeverWereEndTheSession() throws Exception {
    isOverAfter("there is no stream 5", frame(Frame.WINDOW_UPDATE, 0, 5, 1, ""));
  }

  @Test
  public void framesForOurStreamsThatNeverWereEndTheSession() throws Exception {
    onLoop(() -> device.open("arrival 1"));
    says(frame(Frame.WINDOW_UPDATE, 0, 2, 1, ""));
    assertEquals(Optional.empty(), heard.over);
    isOverAfter("there is no stream 4", frame(Frame.WINDOW_UPDATE, 0, 4, 1, ""));
  }

  @Test
  public void dataForAStreamOfOursThatNeverWasEndsTheSession() throws Exception {
    isOverAfter("there is no stream 2", frame(Frame.DATA, 0, 2, 1, "a"));
  }

  @Test
  public void anAnswerToWhatWasNotAskedEndsTheSession() throws Exception {
    isOverAfter("there is no stream 2", frame(Frame.DATA, Frame.ACK, 2, 0, ""));
  }

  @Test
  public void unknownFramesEndTheSession() throws Exception {
    isOverAfter("type 9", frame(9, 0, 1, 0, ""));
  }

  @Test
  public void aRequestHasALength() throws Exception {
    String words = "connect " + "a".repeat(Incoming.MOST_TEXT);
    isOverAfter("a request or an answer of", request(1, words));
  }

  @Test
  public void aFrameHasALength() throws Exception {
    isOverAfter(
        "bytes of data", request(1, "connect"), frame(Frame.DATA, 0, 1, Integer.MIN_VALUE, ""));
  }

  @Test
  public void whatHasComeIsAcknowledgedOnceForAFewReads() throws Exception {
    ByteBuf opened = request(1, "connect");
    ByteBuf closed = frame(Frame.WINDOW_UPDATE, Frame.RST, 1, 0, "");
    long received = opened.readableBytes() + closed.readableBytes();
    says(opened, closed);
    String content = "x".repeat(100_000);
    for (int reads = 0; reads < 3; reads++) {
      says(frame(Frame.DATA, 0, 1, content.length(), content));
    }
    assertEquals(List.of(0L), link.acks);
    says(frame(Frame.DATA, 0, 1, content.length(), content));
    assertEquals(List.of(0L, received + 4 * (content.length() + Frame.HEADER_BYTES)), link.acks);
  }

  @Test
  public void acknowledgingWhatWasNotSentEndsTheSession() throws Exception {
    onLoop(() -> device.channel().acked(link, 1));
    assertTrue(heard.over.orElse("nothing").contains("acknowledgement of 1 bytes"));
  }

  @Test
  public void allKindsOfNonsenseEndTheSessionAndNothingElse() throws Exception {
    var random = new java.util.Random(12);
    for (int i = 0; i < 20_000; i++) {
      byte[] nonsense = new byte[1 + random.nextInt(63)];
      random.nextBytes(nonsense);
      // Versions and types that are known lead deeper.
      if (nonsense.length > 8 && random.nextBoolean()) {
        nonsense[0] = 0;
        nonsense[1] = (byte) random.nextInt(4);
        nonsense[3] = (byte) random.nextInt(16);
        nonsense[2] = nonsense[4] = nonsense[5] = nonsense[6] = 0;
      }
      ByteBuf piece = Unpooled.wrappedBuffer(nonsense);
      says(piece);
      assertEquals("references to what was read", 0, piece.refCnt());
      if (heard.over.isPresent()) {
        heard.over = Optional.empty();
        onLoop(() -> device.abandon(new SessionGone("The test goes on")));
        open();
      }
    }
  }
}
