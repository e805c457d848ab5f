package org.noports.cipher.catalogue.guard;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Test;
import org.noports.api.CipherMisbehaved;

/** What the fence does with the threads and the exceptions of a third party. */
public class GuardTest {
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final Guard.Listener listener =
      new Guard.Listener() {
        @Override
        public void misbehaved(String why, boolean abandoned) {
          heard.add(abandoned ? "lost" : "misbehaved");
        }

        @Override
        public void returned() {
          heard.add("returned");
        }
      };

  private Guard guard(Duration patience) {
    return new Guard("com.example.bad 1", patience, listener);
  }

  private static final class Talkative extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Runnable asked;
    private final String words;

    Talkative(String words, Runnable asked) {
      this.words = words;
      this.asked = asked;
    }

    @Override
    public String getMessage() {
      asked.run();
      return words;
    }
  }

  private CipherMisbehaved thrown(RuntimeException by) {
    return assertThrows(
        CipherMisbehaved.class,
        () ->
            guard(Duration.ofSeconds(30))
                .call(
                    "seal",
                    () -> {
                      throw by;
                    }));
  }

  @Test
  public void anExceptionIsAskedForItsWordsInThePlugInsThread() {
    AtomicReference<Thread> asked = new AtomicReference<>();
    var failure = thrown(new Talkative("not today", () -> asked.set(Thread.currentThread())));
    assertThat(failure.getMessage(), containsString("Talkative: not today"));
    assertThat(asked.get().getName(), containsString("noports-plugin"));
  }

  @Test
  public void anExceptionThatThrowsWhenAskedIsNamed() {
    var failure =
        thrown(
            new Talkative(
                "",
                () -> {
                  throw new IllegalStateException("asked");
                }));
    assertThat(failure.getMessage(), containsString("seal threw " + Talkative.class.getName()));
  }

  @Test
  public void ofManyWordsTheFirstAreKept() {
    var failure = thrown(new IllegalStateException("word ".repeat(1000)));
    assertThat(failure.getMessage().length(), lessThan(400));
  }

  @Test
  public void aThreadThatComesBackLateIsNotLost() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Guard guard = guard(Duration.ofMillis(50));
    assertThrows(
        CipherMisbehaved.class,
        () ->
            guard.call(
                "seal",
                () -> {
                  late(go);
                  return true;
                }));
    assertEquals("lost", heard.poll(30, TimeUnit.SECONDS));
    assertTrue(heard.isEmpty());
    go.countDown();
    assertEquals("returned", heard.poll(30, TimeUnit.SECONDS));
  }

  /** Whoever is late does not listen, either. */
  private static void late(CountDownLatch go) {
    boolean waiting = true;
    while (waiting) {
      try {
        go.await();
        waiting = false;
      } catch (InterruptedException e) {
        waiting = true;
      }
    }
  }
}
