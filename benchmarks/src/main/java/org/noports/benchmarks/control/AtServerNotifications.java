package org.noports.benchmarks.control;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.noports.benchmarks.control.AtServerLink.Owner;
import org.noports.benchmarks.wire.Driver;
import org.noports.benchmarks.wire.Wire;

/**
 * Notifications of an atSign to itself: each is forced to disk before it is answered, and shown to
 * the monitor, on a connection of its own, meanwhile.
 */
final class AtServerNotifications implements PubSub {
  private static final int LIMIT_SECONDS = 30;
  private static final int LONGEST_PROMPT = 30;
  private static final String ID = "{\"id\":\"";

  private final Wire publisher;
  private final byte[] head;
  private Consumer<ByteBuf> arrived = piece -> {};
  private String refusal = "";
  private long answers;

  private AtServerNotifications(Driver driver, int port, Owner owner) throws Exception {
    AtServerLink sending =
        AtServerLink.open(driver, port, owner).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    AtServerLink listening =
        AtServerLink.open(driver, port, owner).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    publisher = sending.wire();
    sending.hear(this::answered);
    CompletableFuture<Void> monitoring = new CompletableFuture<>();
    listening.hear(
        line -> {
          int json = json(line);
          if (json < 0) {
            monitoring.complete(null);
          } else if (!isStats(line, json)) {
            arrived.accept(line);
          }
        });
    listening.wire().send("monitor\nnoop:0\n");
    monitoring.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    String to = owner.atSign();
    head =
        ("notify:update:ttln:60000:isEncrypted:false:" + to + ":bench.w8" + to + ":")
            .getBytes(StandardCharsets.UTF_8);
  }

  static PubSub open(Driver driver, int port, Owner owner) throws Exception {
    return new AtServerNotifications(driver, port, owner);
  }

  /** Where the notification begins, behind a prompt that may stand before it; or -1. */
  private static int json(ByteBuf line) {
    int before = Math.min(LONGEST_PROMPT, line.readableBytes());
    return line.indexOf(line.readerIndex(), line.readerIndex() + before, (byte) '{');
  }

  /** Now and then a monitor is told how many changes there are: a notification whose id is -1. */
  private static boolean isStats(ByteBuf line, int json) {
    return line.getByte(json + ID.length()) == '-';
  }

  private void answered(ByteBuf line) {
    answers++;
    int colon = line.bytesBefore((byte) ':');
    if (colon < 1 || line.getByte(line.readerIndex() + colon - 1) != 'a') {
      refusal = line.toString(StandardCharsets.UTF_8);
    }
  }

  @Override
  public Wire publisher() {
    return publisher;
  }

  @Override
  public void encode(ByteBuf out, byte[] payload) {
    out.writeBytes(head).writeBytes(payload).writeByte('\n');
  }

  @Override
  public void hear(Consumer<ByteBuf> next) {
    arrived = next;
  }

  @Override
  public void check() {
    if (!refusal.isEmpty()) {
      throw new IllegalStateException("The atServer refused: " + refusal.strip());
    }
  }

  @Override
  public String toString() {
    return answers + " answers, publisher " + (publisher.isOpen() ? "open" : "closed");
  }
}
