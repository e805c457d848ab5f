package org.noports.benchmarks.control;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.noports.benchmarks.wire.Driver;
import org.noports.benchmarks.wire.Pieces;
import org.noports.benchmarks.wire.Wire;

/** MQTT 3.1.1, quality of service 0 (OASIS mqtt-v3.1.1, 2 and 3). */
final class Mosquitto implements PubSub {
  private static final int LIMIT_SECONDS = 30;
  private static final int PUBLISH = 0x30;
  private static final int SUBSCRIBED = 0x90;
  private static final byte[] TOPIC = "bench".getBytes(StandardCharsets.US_ASCII);

  private final CompletableFuture<Void> subscribed = new CompletableFuture<>();
  private final Wire publisher;
  private Consumer<ByteBuf> arrived = piece -> {};

  private Mosquitto(Driver driver, int port) throws Exception {
    publisher = driver.connect(port, wire -> bytes -> {}).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    publisher.send(connect("p"));
    Wire subscriber =
        driver
            .connect(port, wire -> new Pieces(Mosquitto::length, this::packet))
            .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    subscriber.send(connect("s"));
    ByteBuf subscribe = subscriber.buffer().writeByte(0x82).writeByte(5 + TOPIC.length);
    subscriber.send(text(subscribe.writeShort(1), TOPIC).writeByte(0));
    subscribed.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  static PubSub open(Driver driver, int port) throws Exception {
    return new Mosquitto(driver, port);
  }

  private ByteBuf connect(String name) {
    byte[] id = name.getBytes(StandardCharsets.US_ASCII);
    ByteBuf packet = publisher.buffer().writeByte(0x10).writeByte(12 + id.length);
    text(packet, "MQTT".getBytes(StandardCharsets.US_ASCII)).writeByte(4).writeByte(2);
    return text(packet.writeShort(0), id);
  }

  private static ByteBuf text(ByteBuf packet, byte[] text) {
    return packet.writeShort(text.length).writeBytes(text);
  }

  private static int length(ByteBuf bytes) {
    int at = bytes.readerIndex() + 1;
    int length = 0;
    for (int shift = 0; at < bytes.writerIndex(); shift += 7) {
      int digit = bytes.getByte(at++);
      length |= (digit & 127) << shift;
      if (digit >= 0) {
        return at - bytes.readerIndex() + length;
      }
    }
    return Integer.MAX_VALUE;
  }

  private void packet(ByteBuf packet) {
    if ((packet.getByte(packet.readerIndex()) & 0xf0) == PUBLISH) {
      arrived.accept(packet);
    } else if ((packet.getByte(packet.readerIndex()) & 0xf0) == SUBSCRIBED) {
      subscribed.complete(null);
    }
  }

  @Override
  public Wire publisher() {
    return publisher;
  }

  @Override
  public void encode(ByteBuf out, byte[] payload) {
    int length = 2 + TOPIC.length + payload.length;
    out.writeByte(PUBLISH).writeByte(length & 127 | 128).writeByte(length >> 7);
    text(out, TOPIC).writeBytes(payload);
  }

  @Override
  public void hear(Consumer<ByteBuf> next) {
    arrived = next;
  }

  @Override
  public void check() {
    // With this quality of service nothing is answered; what is lost keeps the run from ending.
  }
}
