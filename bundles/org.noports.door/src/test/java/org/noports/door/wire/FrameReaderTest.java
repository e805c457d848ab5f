package org.noports.door.wire;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class FrameReaderTest {
  private final FrameReader reader = new FrameReader();

  @Test
  public void framesArriveWholeHoweverTheyWereTorn() throws Exception {
    List<String> given = List.of("", "two words", "\u00e4\"$HOME; *\n");
    ByteBuffer wire = ByteBuffer.allocate(1000);
    wire.put(Frame.arguments(given).encoded()).put(Frame.number(FrameKind.EXIT, 7).encoded());
    List<Frame> frames = new ArrayList<>();
    for (byte one : bytes(wire.flip())) {
      frames.addAll(reader.take(ByteBuffer.wrap(new byte[] {one})));
    }
    assertEquals(given, frames.get(0).arguments());
    assertEquals(7, frames.get(1).number());
    assertEquals(2, frames.size());
  }

  @Test
  public void manyFramesMayArriveAtOnce() throws Exception {
    ByteBuffer wire = ByteBuffer.allocate(100_000);
    for (int i = 0; i < 1000; i++) {
      wire.put(Frame.text(FrameKind.STDOUT, "line " + i).encoded());
    }
    List<Frame> frames = reader.take(wire.flip());
    assertEquals(1000, frames.size());
    assertEquals("line 999", frames.get(999).text());
  }

  @Test
  public void theLongestFramePassesAndOneByteMoreDoesNot() throws Exception {
    byte[] longest = new byte[Frame.MAX_PAYLOAD];
    ByteBuffer wire = new Frame(FrameKind.STDIN, ByteBuffer.wrap(longest)).encoded();
    assertEquals(longest.length, reader.take(wire).get(0).bytes().length);
    ByteBuffer tooLong = ByteBuffer.allocate(5).put((byte) 'i').putInt(Frame.MAX_PAYLOAD + 1);
    assertThrows(MalformedFrame.class, () -> reader.take(tooLong.flip()));
  }

  @Test
  public void aNegativeLengthIsRefused() {
    ByteBuffer wire = ByteBuffer.allocate(5).put((byte) 'i').putInt(-1).flip();
    assertThrows(MalformedFrame.class, () -> reader.take(wire));
  }

  @Test
  public void whatIsNoFrameIsRefusedByName() {
    ByteBuffer http = ByteBuffer.wrap("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
    MalformedFrame refused = assertThrows(MalformedFrame.class, () -> reader.take(http));
    assertTrue(refused.getMessage(), refused.getMessage().contains("71"));
  }

  @Test
  public void argumentsWhoseLengthsDoNotFitAreRefused() {
    ByteBuffer payload = ByteBuffer.allocate(6).putInt(100).put((byte) 1).flip();
    Frame frame = new Frame(FrameKind.ARGUMENTS, payload);
    assertThrows(MalformedFrame.class, frame::arguments);
    Frame negative =
        new Frame(FrameKind.ARGUMENTS, ByteBuffer.allocate(4).putInt(Integer.MIN_VALUE).flip());
    assertThrows(MalformedFrame.class, negative::arguments);
  }

  @Test
  public void aGreetingComesBackAsItWas() throws Exception {
    Greeting greeting = new Greeting(Greeting.Mode.CONSOLE, "xterm", new WindowSize(132, 50));
    assertEquals(greeting, Greeting.of(greeting.frame()));
  }

  @Test
  public void aGreetingOfAnotherProtocolIsRefused() {
    for (String text : List.of("", "noports-door/2\n", "hello", "noports-door/1\nmode=x\n")) {
      Frame frame = Frame.text(FrameKind.HELLO, text);
      assertThrows(text, MalformedFrame.class, () -> Greeting.of(frame));
    }
  }

  @Test
  public void keysOfLaterReleasesAreLeftAlone() throws Exception {
    Frame frame = Frame.text(FrameKind.HELLO, "noports-door/1\nmode=raw\nnews=1\nno equals\n");
    assertEquals(Greeting.Mode.RAW, Greeting.of(frame).mode());
  }

  @Test
  public void aSizeThatNoTerminalHasBecomesTheUsualOne() throws Exception {
    assertEquals(WindowSize.USUAL, new WindowSize(-1, 0));
    assertEquals(new WindowSize(200, 60), WindowSize.of(new WindowSize(200, 60).frame()));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
