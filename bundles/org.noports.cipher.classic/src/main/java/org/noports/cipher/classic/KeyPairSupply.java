package org.noports.cipher.classic;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.noports.api.CipherUnavailable;

/**
 * Keeps one RSA key pair ready, made by a thread of its own that goes when it has nothing to do.
 */
final class KeyPairSupply implements AutoCloseable {
  private final BlockingQueue<KeyPair> ready = new ArrayBlockingQueue<>(1);
  private final ThreadPoolExecutor maker;

  KeyPairSupply() {
    maker =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(1),
            task -> {
              Thread thread = new Thread(task, "noports-rsa-keys");
              thread.setDaemon(true);
              // A session that waits for a key makes its own; this one must not be in its way.
              thread.setPriority(Thread.MIN_PRIORITY);
              return thread;
            },
            // Full means that one is being made and one more is asked for: enough.
            new ThreadPoolExecutor.DiscardPolicy());
    maker.allowCoreThreadTimeOut(true);
  }

  /** Has one made in the background unless one is ready. */
  void refill() {
    maker.execute(
        () -> {
          if (ready.remainingCapacity() > 0) {
            try {
              ready.offer(make());
            } catch (CipherUnavailable e) {
              ClassicLog.noKeyPair(e.getMessage());
            }
          }
        });
  }

  /** The one that is ready, or a fresh one made now. */
  KeyPair take() throws CipherUnavailable {
    Optional<KeyPair> prepared = Optional.ofNullable(ready.poll());
    refill();
    return prepared.isPresent() ? prepared.get() : make();
  }

  private static KeyPair make() throws CipherUnavailable {
    return JdkEngine.get(
        JdkEngine.RSA,
        provider -> make(KeyPairGenerator.getInstance("RSA", provider)),
        () -> make(KeyPairGenerator.getInstance("RSA")));
  }

  private static KeyPair make(KeyPairGenerator generator) throws GeneralSecurityException {
    generator.initialize(RsaKeys.BITS);
    return generator.generateKeyPair();
  }

  @Override
  public void close() {
    maker.shutdownNow();
    ready.clear();
  }
}
