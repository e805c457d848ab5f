package org.noports.benchmarks.control;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.noports.benchmarks.wire.Driver;
import org.noports.benchmarks.wire.Pieces;
import org.noports.benchmarks.wire.Wire;

/** NATS' text protocol, core delivery: kept nowhere. */
final class Nats implements PubSub {
  private static final int LIMIT_SECONDS = 30;
  private static final String HELLO =
      "CONNECT {\"verbose\":false,\"pedantic\":false,\"lang\":\"bench\",\"version\":\"1\"}\r\n";
  private static final byte[] HEAD =
      ("PUB bench " + Payload.LENGTH + "\r\n").getBytes(StandardCharsets.US_ASCII);

  private final CompletableFuture<Void> subscribed = new CompletableFuture<>();
  private final Wire publisher;
  private Consumer<ByteBuf> arrived = piece -> {};

  private Nats(Driver driver, int port) throws Exception {
    publisher =
        driver
            .connectAfterGreeting(port, wire -> Pieces.lines(line -> answer(wire, line)))
            .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    publisher.send(HELLO);
    Wire subscriber =
        driver
            .connectAfterGreeting(port, wire -> Pieces.lines(line -> answer(wire, line)))
            .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    subscriber.send(HELLO + "SUB bench 1\r\nPING\r\n");
    subscribed.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  static PubSub open(Driver driver, int port) throws Exception {
    return new Nats(driver, port);
  }

  private void answer(Wire wire, ByteBuf line) {
    byte first = line.getByte(line.readerIndex());
    if (first == 'P' && line.getByte(line.readerIndex() + 1) == 'O') {
      subscribed.complete(null);
    } else if (first == 'P') {
      wire.send("PONG\r\n");
    } else if (first == '#') {
      arrived.accept(line);
    }
  }

  @Override
  public Wire publisher() {
    return publisher;
  }

  @Override
  public void encode(ByteBuf out, byte[] payload) {
    out.writeBytes(HEAD).writeBytes(payload).writeByte('\r').writeByte('\n');
  }

  @Override
  public void hear(Consumer<ByteBuf> next) {
    arrived = next;
  }

  @Override
  public void check() {
    // Nothing is answered; what is lost keeps the run from ending.
  }
}
