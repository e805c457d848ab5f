package org.noports.benchmarks.control;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.noports.benchmarks.control.AtServerLink.Owner;
import org.noports.benchmarks.control.RequestAnswer.Client;
import org.noports.benchmarks.wire.Driver;
import org.noports.benchmarks.wire.Pieces;
import org.noports.benchmarks.wire.Wire;

/** The clients of each contestant, connected. */
final class Clients {
  private static final int LIMIT_SECONDS = 30;
  private static final int KEYS = 100_000;
  private static final String VALUE = "v".repeat(Payload.LENGTH);

  private Clients() {}

  /** Each stores values under some of a hundred thousand keys. */
  static List<Client> updates(Driver driver, int port, Owner owner, int count) throws Exception {
    return many(
        count,
        () -> {
          AtServerLink link =
              AtServerLink.open(driver, port, owner).get(LIMIT_SECONDS, TimeUnit.SECONDS);
          Consumer<ByteBuf> update =
              out -> text(out, "update:k" + key() + ".w8" + owner.atSign() + " " + VALUE + "\n");
          AskingClient client = new AskingClient(link.wire(), update, says("data:"));
          link.hear(client::answer);
          return client;
        });
  }

  /** The same in Redis' words (RESP). */
  static List<Client> sets(Driver driver, int port, int count) throws Exception {
    Consumer<ByteBuf> set =
        out -> {
          String key = "k" + key();
          text(out, "*3\r\n$3\r\nSET\r\n$" + key.length() + "\r\n" + key + "\r\n");
          text(out, "$" + VALUE.length() + "\r\n" + VALUE + "\r\n");
        };
    return many(count, () -> connected(driver, port, Pieces.lines(line -> {}), set, says("+OK")));
  }

  /** Each looks names up in an atDirectory. */
  static List<Client> lookups(Driver driver, int port, int names, int count) throws Exception {
    Consumer<ByteBuf> name = out -> text(out, "name" + random(names) + "\n");
    return many(
        count, () -> connected(driver, port, Pieces.lines(line -> {}), name, says("host.")));
  }

  private static Client connected(
      Driver driver, int port, Pieces pieces, Consumer<ByteBuf> request, Predicate<ByteBuf> wished)
      throws Exception {
    AtomicReference<AskingClient> client = new AtomicReference<>();
    Wire wire =
        driver
            .connect(
                port,
                made -> {
                  client.set(new AskingClient(made, request, wished));
                  pieces.then(client.get()::answer);
                  return pieces;
                })
            .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    return client.get();
  }

  private static List<Client> many(int count, Callable<Client> one) throws Exception {
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(one.call());
    }
    return clients;
  }

  private static Predicate<ByteBuf> says(String wished) {
    byte[] bytes = wished.getBytes(StandardCharsets.US_ASCII);
    return line -> {
      // Behind the prompt that may stand before it.
      int at = line.indexOf(line.readerIndex(), line.writerIndex(), bytes[0]);
      for (int i = 0; i < bytes.length; i++) {
        if (at < 0 || line.getByte(at + i) != bytes[i]) {
          return false;
        }
      }
      return true;
    };
  }

  private static int key() {
    return random(KEYS);
  }

  private static int random(int bound) {
    return ThreadLocalRandom.current().nextInt(bound);
  }

  private static void text(ByteBuf out, String text) {
    out.writeCharSequence(text, StandardCharsets.US_ASCII);
  }
}
