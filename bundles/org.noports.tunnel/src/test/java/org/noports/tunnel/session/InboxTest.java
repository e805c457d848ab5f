package org.noports.tunnel.session;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;
import org.noports.api.ProtocolViolation;

/** What a stream holds for a reader that sleeps. */
public class InboxTest {
  private final Inbox inbox = new Inbox();

  private List<String> taken() {
    List<String> pieces = new ArrayList<>();
    inbox.take(
        piece -> {
          pieces.add(((ByteBuf) piece).toString(StandardCharsets.US_ASCII));
          ((ByteBuf) piece).release();
        });
    return pieces;
  }

  private void comes(String text) throws ProtocolViolation {
    ByteBuf piece = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    inbox.add(piece);
  }

  @Test
  public void whatCostsNoCreditIsNotKept() throws Exception {
    for (int i = 0; i < 1000; i++) {
      comes("");
    }
    assertEquals(List.of(), taken());
  }

  @Test
  public void crumbsAreKeptTogetherAndInOrder() throws Exception {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      comes(Integer.toString(i % 10));
      all.append(i % 10);
    }
    comes("b".repeat(10_000));
    comes("c");
    all.append("b".repeat(10_000)).append("c");
    List<String> pieces = taken();
    assertTrue(pieces.size() + " pieces", pieces.size() < 10);
    assertEquals(all.toString(), String.join("", pieces));
    comes("d");
    assertEquals(List.of("d"), taken());
  }
}
