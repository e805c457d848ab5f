package org.noports.relay.server;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.identity.Identities;
import org.noports.api.identity.Identity;

/** The relay's key, while there is one, and the one thread that uses it: never an I/O loop. */
final class Signing implements AutoCloseable {
  /** At a millisecond each these wait four seconds: whoever comes then is better told at once. */
  private static final int MOST_WAITING = 4096;

  private final Supplier<Optional<Identities>> identities;
  private final ThreadPoolExecutor thread;

  Signing(Supplier<Optional<Identities>> identities) {
    this.identities = identities;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread one = new Thread(task, "noports-relay-sign");
              one.setDaemon(true);
              return one;
            });
    thread.allowCoreThreadTimeOut(true);
  }

  /** Whether anybody here has keys. */
  boolean isPossible() {
    return identities.get().isPresent();
  }

  /** Fails if there are no keys of {@code relay}, or too much is to be signed already. */
  CompletionStage<String> with(AtSign relay, Function<Identity, String> work) {
    try {
      return CompletableFuture.supplyAsync(() -> work.apply(identity(relay)), thread);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Identity identity(AtSign relay) {
    try {
      return identities
          .get()
          .orElseThrow(() -> new IdentityUnusable("org.noports.identity is not running here"))
          .identity(relay);
    } catch (IdentityUnusable e) {
      throw new CompletionException(e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
