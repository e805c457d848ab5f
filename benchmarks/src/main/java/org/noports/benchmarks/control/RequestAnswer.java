package org.noports.benchmarks.control;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.noports.benchmarks.wire.Driver;
import org.noports.benchmarks.wire.Wire;

/** Clients that ask, wait for the answer and ask again, some connections at once. */
final class RequestAnswer {
  private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long MEASURE_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);
  private static final int LIMIT_SECONDS = 30;

  /** A client's connection. */
  interface Client {
    Wire wire();

    /** Appends a request. */
    void encode(ByteBuf out);

    /** Who is told of each answer, with true if it is the one that was wished for. */
    void hear(Consumer<Boolean> answered);
  }

  private final List<? extends Client> clients;
  private final int deep;
  private final CompletableFuture<Double> result = new CompletableFuture<>();
  private final long settled = System.nanoTime() + SETTLE_NANOS;
  private long answers;
  private long atSettled;
  private int working;
  private double rate;

  private RequestAnswer(List<? extends Client> clients, int deep) {
    this.clients = clients;
    this.deep = deep;
  }

  /**
   * Answers in a second.
   *
   * @param deep requests that each client has under way at once: one, or an even number
   */
  static double perSecond(Driver driver, List<? extends Client> clients, int deep)
      throws Exception {
    RequestAnswer run = new RequestAnswer(clients, deep);
    driver.loop().execute(run::begin);
    return run.result.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private void begin() {
    for (Client client : clients) {
      client.hear(new Turns(client));
      ask(client, deep);
      working += deep;
    }
  }

  private static void ask(Client client, int times) {
    ByteBuf out = client.wire().buffer();
    for (int i = 0; i < times; i++) {
      client.encode(out);
    }
    client.wire().send(out);
  }

  /** Asks anew when half of what is under way is answered: deep clients send in batches. */
  private final class Turns implements Consumer<Boolean> {
    private final Client client;
    private final int batch = Math.max(1, deep / 2);
    private int free;

    Turns(Client client) {
      this.client = client;
    }

    @Override
    public void accept(Boolean good) {
      if (!good) {
        result.completeExceptionally(new IllegalStateException("A request was refused"));
      }
      answers++;
      if (++free < batch) {
        return;
      }
      free = 0;
      long now = System.nanoTime();
      if (now < settled) {
        atSettled = answers;
      } else if (now > settled + MEASURE_NANOS && rate == 0) {
        rate = (answers - atSettled) / ((now - settled) / 1e9);
      }
      if (rate == 0) {
        ask(client, batch);
      } else {
        working -= batch;
        if (working == 0) {
          result.complete(rate);
        }
      }
    }
  }
}
