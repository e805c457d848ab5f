package org.noports.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import org.junit.Test;
import org.noports.api.HostPort;

/** RFC 6455, with its own examples where it has some. */
public class WebSocketFramesTest {
  /** Section 5.7: "Hello" masked, here as a binary message. */
  private static final String HELLO = "828537fa213d7f9f4d5158";

  private int ends;
  private final EmbeddedChannel relay = channel(WebSocketFrames.Role.ACCEPTOR);

  private EmbeddedChannel channel(WebSocketFrames.Role role) {
    return new EmbeddedChannel(
        new WebSocketFrames(role),
        new ChannelInboundHandlerAdapter() {
          @Override
          public void userEventTriggered(ChannelHandlerContext context, Object event) {
            ends += event instanceof ChannelInputShutdownEvent ? 1 : 0;
          }
        });
  }

  private static ByteBuf hex(String bytes) {
    return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(bytes));
  }

  private static String all(EmbeddedChannel channel) {
    StringBuilder text = new StringBuilder();
    for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
      text.append(next.toString(US_ASCII));
      next.release();
    }
    return text.toString();
  }

  private static String written(EmbeddedChannel channel) {
    StringBuilder text = new StringBuilder();
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      text.append(ByteBufUtil.hexDump(next));
      next.release();
    }
    return text.toString();
  }

  @Test
  public void aMaskedFrameIsReadHoweverItIsCutIntoPieces() {
    byte[] whole = ByteBufUtil.decodeHexDump(HELLO);
    for (int cut = 1; cut < whole.length; cut++) {
      relay.writeInbound(Unpooled.copiedBuffer(whole, 0, cut));
      relay.writeInbound(Unpooled.copiedBuffer(whole, cut, whole.length - cut));
      assertEquals("cut at " + cut, "Hello", all(relay));
    }
  }

  @Test
  public void piecesOfAMessageAreOneAndAPingBetweenThemIsAnswered() {
    EmbeddedChannel client = channel(WebSocketFrames.Role.CLIENT);
    client.writeInbound(hex("020348656c" + "8a00" + "80026c6f"));
    assertEquals("Hello", all(client));
    relay.writeInbound(hex("8985" + "37fa213d7f9f4d5158"));
    assertEquals("8a0548656c6c6f", written(relay));
  }

  @Test
  public void anEmptyMessageEndsTheInputAndACloseEndsAll() {
    relay.writeInbound(hex(HELLO + "828000000000"));
    assertEquals("Hello", all(relay));
    assertEquals(1, ends);
    relay.writeOutbound(hex("41"));
    assertEquals("820141", written(relay));
    relay.writeInbound(hex("888000000000"));
    assertEquals("880203e8", written(relay));
    assertFalse(relay.isOpen());
    assertEquals(1, ends);
  }

  @Test
  public void lengthsAreWrittenInTheShortestForm() {
    relay.writeOutbound(Unpooled.wrappedBuffer(new byte[126]));
    assertTrue(written(relay).startsWith("827e007e00"));
    relay.writeOutbound(Unpooled.wrappedBuffer(new byte[65_536]));
    assertTrue(written(relay).startsWith("827f000000000001000000"));
    relay.writeOutbound(Unpooled.EMPTY_BUFFER);
    assertEquals("", written(relay));
  }

  @Test
  public void whatIsAgainstTheStandardEndsTheConnection() {
    String tooLong = "89fe" + "007e" + "00000000";
    for (String wrong :
        new String[] {
          "820548656c6c6f",
          "c28537fa213d7f9f4d5158",
          "818537fa213d7f9f4d5158",
          "808537fa213d7f9f4d5158",
          "0980" + "00000000",
          tooLong,
          "82ff8000000000000000" + "00000000",
          "828000000000" + HELLO
        }) {
      EmbeddedChannel each = channel(WebSocketFrames.Role.ACCEPTOR);
      assertThrows(wrong, IOException.class, () -> each.writeInbound(hex(wrong)));
      assertNull(each.readInbound());
      assertFalse(wrong, each.isOpen());
    }
  }

  @Test
  public void aConnectionThatBreaksOffIsNoEnd() {
    relay.writeInbound(hex(HELLO));
    relay.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    assertEquals(0, ends);
    assertThrows(IOException.class, relay::checkException);
  }

  @Test
  public void theOpeningIsThatOfTheStandardAndForRelaysOnly() throws Exception {
    String key = "dGhlIHNhbXBsZSBub25jZQ==";
    assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", WebSocketOpening.accept(key));
    String request = WebSocketOpening.request(new HostPort("relay.example", 443), key);
    String answer = WebSocketOpening.answer(request);
    WebSocketOpening.check(answer, key);
    assertThrows(
        IOException.class, () -> WebSocketOpening.check(answer, "AAAAAAAAAAAAAAAAAAAAAA=="));
    assertThrows(
        IOException.class, () -> WebSocketOpening.answer(request.replace("relay.noports", "chat")));
    IOException refused =
        assertThrows(
            IOException.class,
            () -> WebSocketOpening.check("HTTP/1.1 403 Forbidden\r\nVia: x", key));
    assertThat(refused.getMessage(), containsString("403 Forbidden"));
  }
}
